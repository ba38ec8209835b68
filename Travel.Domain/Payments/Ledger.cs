using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;

namespace Travel.Domain.Payments;

/// <summary>To whom a cent belongs. docs/payments.md says what each holds.</summary>
public enum LedgerAccount { Gateway, Stay, Retained, Refund, Open }

/// <summary>One side of a movement of money. Rows are only added; those of one transaction add up to zero, which the database checks.</summary>
public sealed class LedgerEntry
{
    public required Guid Id { get; init; }

    /// <summary>The same for all sides of one movement.</summary>
    public required Guid TransactionId { get; init; }

    public required Guid BookingId { get; init; }
    public required Guid HostId { get; init; }
    public required Guid PaymentId { get; init; }
    public required Guid? RefundId { get; init; }
    public required LedgerAccount Account { get; init; }

    /// <summary>Debits are positive.</summary>
    public required long MinorUnits { get; init; }

    public required string Currency { get; init; }

    /// <summary>A stable name: <c>received</c>, <c>late</c>, <c>cancelled</c>, <c>refunded</c>.</summary>
    public required string Event { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal static class Ledger
{
    /// <summary>Moves an amount from one account to another: a credit there, a debit here.</summary>
    public static void Move(
        this DbSet<LedgerEntry> ledger, Payment payment, Refund? refund, Money amount, LedgerAccount from, LedgerAccount to, string @event, DateTimeOffset now)
    {
        if (amount.MinorUnits == 0)
        {
            return;
        }

        var transaction = Guid.CreateVersion7(now);
        ledger.AddRange(Side(from, amount.MinorUnits), Side(to, -amount.MinorUnits));

        LedgerEntry Side(LedgerAccount account, long minorUnits) => new()
        {
            Id = Guid.CreateVersion7(now),
            TransactionId = transaction,
            BookingId = payment.BookingId,
            HostId = payment.HostId,
            PaymentId = payment.Id,
            RefundId = refund?.Id,
            Account = account,
            MinorUnits = minorUnits,
            Currency = amount.Currency,
            Event = @event,
            At = now,
        };
    }

    /// <summary>What a booking has in an account whose credits are what it holds: all but the gateway's.</summary>
    public static async Task<long> HeldAsync(this DbSet<LedgerEntry> ledger, Guid bookingId, LedgerAccount account, CancellationToken cancellationToken) =>
        -await ledger.Where(entry => entry.BookingId == bookingId && entry.Account == account).SumAsync(entry => entry.MinorUnits, cancellationToken);
}

internal sealed class LedgerEntryMapping : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("ledger_entries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Account).HasConversion<string>().HasMaxLength(20);
        builder.Property(entry => entry.Currency).HasMaxLength(3).IsFixedLength();
        builder.Property(entry => entry.Event).HasMaxLength(20);
        builder.HasIndex(entry => entry.BookingId);
        builder.HasIndex(entry => new { entry.HostId, entry.At });
        builder.HasOne<Payment>().WithMany().HasForeignKey(entry => entry.PaymentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Refund>().WithMany().HasForeignKey(entry => entry.RefundId).OnDelete(DeleteBehavior.Restrict);
    }
}
