using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts.Availability;
using Travel.Domain.Listings;

namespace Travel.Domain.Availability.Importing;

/// <summary>
/// A calendar on another site that a host has us follow. The nights it takes here are in <c>occupancies</c> under its id.
/// </summary>
public sealed class CalendarImport
{
    public const int LongestName = 100;
    public const int LongestUrl = 2000;
    public const int MostPerListing = 5;

    /// <summary>However often it has failed, so often it is tried, unless calendars are fetched less often anyway.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    public required Guid Id { get; init; }
    public required Guid ListingId { get; init; }
    public required string Name { get; set; }

    /// <summary>Whoever has it can often read the calendar: never in a log or a trace.</summary>
    public required string Url { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is to be fetched again.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Until when one process has the fetching to itself.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    public DateTimeOffset? TriedAt { get; private set; }
    public DateTimeOffset? SucceededAt { get; private set; }

    /// <summary>Why the last try failed, as a sentence for the host; null when it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>How many tries in a row have failed.</summary>
    public int Failures { get; private set; }

    /// <summary>What of the calendar could not be taken as it stands, as sentences for the host.</summary>
    public required List<string> Notes { get; set; }

    public void Succeeded(TimeSpan refreshEvery, DateTimeOffset now)
    {
        Tried(problem: null, refreshEvery, now);
        (SucceededAt, Failures) = (now, 0);
    }

    /// <summary>After each failure it is left alone for twice as long: most that fail often have been moved or closed.</summary>
    public void Failed(string problem, TimeSpan refreshEvery, DateTimeOffset now)
    {
        var longest = refreshEvery > LongestPause ? refreshEvery : LongestPause;
        Tried(problem, BackOff.After(++Failures, refreshEvery, longest), now);
    }

    private void Tried(string? problem, TimeSpan pause, DateTimeOffset now) => (TriedAt, DueAt, ClaimedUntil, Problem) = (now, now + pause, null, problem);

    public ImportState State => (TriedAt, Problem) switch
    {
        (null, _) => ImportState.Pending,
        (_, null) => ImportState.Fetched,
        _ => ImportState.Failed,
    };
}

/// <summary>An event of an imported calendar: its UID and its nights, and nothing else of what other sites may write into it.</summary>
public sealed class ImportedEvent
{
    public const int LongestUid = 255;

    public required Guid Id { get; init; }
    public required Guid ImportId { get; init; }
    public required string Uid { get; init; }
    public required DateOnly FromOn { get; init; }
    public required DateOnly ToOn { get; init; }

    public NightRange Nights => new(FromOn, ToOn);
}

internal sealed class CalendarImportMapping : IEntityTypeConfiguration<CalendarImport>, IEntityTypeConfiguration<ImportedEvent>
{
    public void Configure(EntityTypeBuilder<CalendarImport> builder)
    {
        builder.ToTable("calendar_imports");
        builder.Property(import => import.Id).ValueGeneratedNever();
        builder.Property(import => import.Name).HasMaxLength(CalendarImport.LongestName);
        builder.Property(import => import.Url).HasMaxLength(CalendarImport.LongestUrl);
        builder.Property(import => import.Problem).HasMaxLength(300);
        builder.Ignore(import => import.State);
        builder.HasIndex(import => import.ListingId);
        builder.HasIndex(import => import.DueAt);
        builder.HasOne<Listing>().WithMany().HasForeignKey(import => import.ListingId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ImportedEvent> builder)
    {
        builder.ToTable("imported_events");
        builder.Property(imported => imported.Id).ValueGeneratedNever();
        builder.Property(imported => imported.Uid).HasMaxLength(ImportedEvent.LongestUid);
        builder.Ignore(imported => imported.Nights);
        builder.HasIndex(imported => imported.ImportId);
        builder.HasOne<CalendarImport>().WithMany().HasForeignKey(imported => imported.ImportId).OnDelete(DeleteBehavior.Cascade);
    }
}
