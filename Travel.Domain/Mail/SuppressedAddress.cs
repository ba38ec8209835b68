using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;

namespace Travel.Domain.Mail;

/// <summary>That an address gets no mail, or no subscription mail, for one reason.</summary>
public sealed class SuppressedAddress
{
    public const int LongestNote = 1000;

    public required Guid Id { get; init; }

    /// <summary>See <see cref="EmailAddresses.Normalize"/>.</summary>
    public required string Address { get; init; }

    public required SuppressionReason Reason { get; init; }

    /// <summary>What the operator gave as the reason, or what the mail server said.</summary>
    public string? Note { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The operator whose reason it is.</summary>
    public Guid? SuppressedBy { get; init; }
}

public static class SuppressedAddresses
{
    /// <summary>Adds it, unless it is there for this reason already.</summary>
    /// <returns>Whether it was added.</returns>
    public static async Task<bool> SuppressAsync(
        this TravelDbContext db, string address, SuppressionReason reason, string? note, Guid? by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = note is null ? null : PlainText.Beginning(note, SuppressedAddress.LongestNote);
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO suppressed_addresses (id, address, reason, note, since, suppressed_by)
            VALUES ({Guid.CreateVersion7(now)}, {EmailAddresses.Normalize(address)}, {reason.ToString()}, {kept}, {now}, {by})
            ON CONFLICT (address, reason) DO NOTHING
            """,
            cancellationToken) > 0;
    }

    /// <summary>Forgets what there is of the addresses of people who are forgotten themselves, before they are.</summary>
    internal static Task<int> ForgetOfAsync(this IQueryable<SuppressedAddress> addresses, IQueryable<User> people, CancellationToken cancellationToken) =>
        addresses.Where(suppressed => people.Any(user => user.NormalizedEmail == suppressed.Address)).ExecuteDeleteAsync(cancellationToken);
}

internal sealed class SuppressedAddressMapping : IEntityTypeConfiguration<SuppressedAddress>
{
    public void Configure(EntityTypeBuilder<SuppressedAddress> builder)
    {
        builder.ToTable("suppressed_addresses");
        builder.Property(suppressed => suppressed.Id).ValueGeneratedNever();
        builder.Property(suppressed => suppressed.Address).HasMaxLength(EmailAddresses.Longest);
        builder.Property(suppressed => suppressed.Reason).HasConversion<string>().HasMaxLength(20);
        builder.Property(suppressed => suppressed.Note).HasMaxLength(SuppressedAddress.LongestNote);
        builder.HasIndex(suppressed => new { suppressed.Address, suppressed.Reason }).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(suppressed => suppressed.SuppressedBy).OnDelete(DeleteBehavior.Restrict);
    }
}
