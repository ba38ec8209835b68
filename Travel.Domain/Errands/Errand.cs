using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;
using Travel.Contracts.Errands;
using Travel.Domain.Accounts;

namespace Travel.Domain.Errands;

/// <summary>
/// Work that an operator has asked for and a worker does behind the request. Every change is one conditional update of this row: whoever is not
/// the one that has it by now changes nothing.
/// </summary>
public sealed class Errand
{
    public const int LongestError = 1000;

    public required Guid Id { get; init; }
    public required ErrandKind Kind { get; init; }
    public required ErrandArguments Arguments { get; init; }
    public required Guid AskedBy { get; init; }
    public required ErrandState State { get; init; }

    /// <summary>Never fewer than before, whoever goes on with it.</summary>
    public long StepsDone { get; init; }

    /// <summary>Null until somebody has counted them.</summary>
    public long? Steps { get; init; }

    /// <summary>Where the next attempt goes on, as the work itself has put it: JSON. Null while it has not come so far.</summary>
    public string? Bookmark { get; init; }

    /// <summary>Of its file, up to the bookmark.</summary>
    public int FileParts { get; init; }

    /// <summary>Of its file, up to the bookmark.</summary>
    public long FileSizeBytes { get; init; }

    /// <summary>How often a worker has begun it, but for those that had to stop.</summary>
    public int Attempts { get; init; }

    /// <summary>Of the attempt that has it, or had it last. One that was taken for dead and is not finds another here, and stops.</summary>
    public Guid? ClaimId { get; init; }

    public string? Worker { get; init; }

    /// <summary>Until when one attempt has it to itself; renewed with each note of its progress.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }

    public string? LastError { get; init; }
    public string? Summary { get; init; }
    public string? FileName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <param name="askedBy">What the operator is called.</param>
    public ErrandResponse ToResponse(string askedBy) => new(
        Id, Kind, Arguments.From, Arguments.To, askedBy, State, StepsDone, Steps, Attempts, Worker, LastError, Summary,
        FileName is { } name ? new ErrandFile(name, FileSizeBytes, $"/api/v1/operations/errands/{Id}/file") : null,
        CreatedAt, StartedAt, EndedAt);
}

/// <summary>What an errand is about, beyond its kind.</summary>
/// <param name="From">First day by UTC, of a ledger export.</param>
/// <param name="To">Last day by UTC, of a ledger export.</param>
public sealed record ErrandArguments(DateOnly? From = null, DateOnly? To = null);

/// <summary>Some megabytes of an errand's file. What is written here can be asked for when the errand is done, and not before.</summary>
public sealed class ErrandFilePart
{
    public required Guid ErrandId { get; init; }

    /// <summary>From 0 on without gaps.</summary>
    public required int Number { get; init; }

    public required byte[] Content { get; init; }
}

internal sealed class ErrandMapping : IEntityTypeConfiguration<Errand>
{
    public void Configure(EntityTypeBuilder<Errand> builder)
    {
        builder.ToTable("errands");
        builder.Property(errand => errand.Id).ValueGeneratedNever();
        builder.Property(errand => errand.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(errand => errand.Arguments).HasColumnType("jsonb").HasConversion(
            arguments => JsonSerializer.Serialize(arguments, TravelJson.Options),
            json => JsonSerializer.Deserialize<ErrandArguments>(json, TravelJson.Options)!);
        builder.Property(errand => errand.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(errand => errand.Bookmark).HasColumnType("jsonb");
        builder.Property(errand => errand.Worker).HasMaxLength(200);
        builder.Property(errand => errand.LastError).HasMaxLength(Errand.LongestError);
        builder.Property(errand => errand.Summary).HasMaxLength(500);
        builder.Property(errand => errand.FileName).HasMaxLength(100);
        builder.HasIndex(errand => errand.EndedAt);
        builder.HasOne<User>().WithMany().HasForeignKey(errand => errand.AskedBy).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ErrandFilePartMapping : IEntityTypeConfiguration<ErrandFilePart>
{
    public void Configure(EntityTypeBuilder<ErrandFilePart> builder)
    {
        builder.ToTable("errand_file_parts");
        builder.HasKey(part => new { part.ErrandId, part.Number });
        builder.HasOne<Errand>().WithMany().HasForeignKey(part => part.ErrandId).OnDelete(DeleteBehavior.Cascade);
    }
}
