using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Payments;

namespace Travel.Api.Payments;

/// <summary>All that is known of a booking's money, for operators.</summary>
internal static class BookingLedgers
{
    /// <summary>Four queries. Null: there is no such booking.</summary>
    public static async Task<BookingLedger?> GetAsync(TravelDbContext db, Guid bookingId, CancellationToken cancellationToken)
    {
        var booking = await db.Bookings.Where(found => found.Id == bookingId).Select(found => new { found.Reference, found.Status })
            .SingleOrDefaultAsync(cancellationToken);
        if (booking is null)
        {
            return null;
        }

        var payments = await db.Payments.AsNoTracking().Where(payment => payment.BookingId == bookingId).OrderBy(payment => payment.Id).ToListAsync(cancellationToken);
        var refunds = await db.Refunds.AsNoTracking().Where(refund => refund.BookingId == bookingId).OrderBy(refund => refund.Id).ToListAsync(cancellationToken);
        // Both sides of a movement have its instant; the debit is told first.
        var entries = await db.LedgerEntries.AsNoTracking().Where(entry => entry.BookingId == bookingId)
            .OrderBy(entry => entry.At).ThenBy(entry => entry.TransactionId).ThenByDescending(entry => entry.MinorUnits).ToListAsync(cancellationToken);
        var held = HeldBy(entries);
        var txRefs = payments.ToDictionary(payment => payment.Id, payment => payment.TxRef);
        var references = refunds.ToDictionary(refund => refund.Id, refund => refund.Reference);
        return new BookingLedger(
            bookingId,
            booking.Reference,
            booking.Status,
            [.. payments.Select(payment => payment.ToAttempt(held))],
            [.. refunds.Select(refund => refund.ToDetail())],
            [.. entries.Select(entry => LineOf(entry, txRefs[entry.PaymentId], entry.RefundId is { } refund ? references[refund] : null))],
            BalancesOf(held));
    }

    /// <summary>Two queries. Null: there is no such payment.</summary>
    public static async Task<PaymentAttempt?> AttemptAsync(TravelDbContext db, Guid paymentId, CancellationToken cancellationToken)
    {
        var payment = await db.Payments.AsNoTracking().SingleOrDefaultAsync(found => found.Id == paymentId, cancellationToken);
        return payment?.ToAttempt(await db.LedgerEntries.HeldOfPaymentsAsync([paymentId], cancellationToken));
    }

    private static LedgerLine LineOf(LedgerEntry entry, string txRef, string? refund)
    {
        var amount = new Money(Math.Abs(entry.MinorUnits), entry.Currency);
        return new LedgerLine(
            entry.At, entry.Event, PaymentDetails.NameOf(entry.Account), entry.MinorUnits > 0 ? amount : null, entry.MinorUnits < 0 ? amount : null, txRef, refund);
    }

    private static List<HeldMoney> HeldBy(List<LedgerEntry> entries) =>
        [.. entries.GroupBy(entry => (entry.PaymentId, entry.Account, entry.Currency))
            .Select(sides => HeldMoney.Of(sides.Key.PaymentId, sides.Key.Account, sides.Sum(entry => entry.MinorUnits), sides.Key.Currency))];

    private static List<LedgerBalance> BalancesOf(List<HeldMoney> held) =>
        [.. held.GroupBy(money => (money.Account, money.Money.Currency)).OrderBy(money => money.Key)
            .Select(money => new LedgerBalance(PaymentDetails.NameOf(money.Key.Account), new Money(money.Sum(part => part.Money.MinorUnits), money.Key.Currency)))];
}
