using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Domain.Bookings;

namespace Travel.Domain.Payments;

/// <summary>What a booking's payments have brought and is part of its stay; under the listing's lock.</summary>
public static class StayMoney
{
    /// <summary>What has been received for this stay and is still part of it.</summary>
    internal static async Task<Money> PaidForAsync(this TravelDbContext db, Booking booking, CancellationToken cancellationToken) =>
        new(await db.LedgerEntries.HeldAsync(booking.Id, LedgerAccount.Stay, cancellationToken), booking.Currency);

    /// <summary>
    /// Takes from the stay what goes back and what is kept of it. Money goes back the way it came, so a refund is of one payment; of several
    /// the last goes back first.
    /// </summary>
    internal static async Task ReturnAsync(
        this TravelDbContext db, Booking booking, Settlement settlement, RefundCause cause, Guid? by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await db.LedgerEntries.Where(entry => entry.BookingId == booking.Id && entry.Account == LedgerAccount.Stay)
            .GroupBy(entry => entry.PaymentId).Select(entries => new { PaymentId = entries.Key, MinorUnits = -entries.Sum(entry => entry.MinorUnits) })
            .Where(stay => stay.MinorUnits > 0).ToDictionaryAsync(stay => stay.PaymentId, stay => stay.MinorUnits, cancellationToken);
        var payments = await db.Payments.Where(payment => held.Keys.Contains(payment.Id)).OrderByDescending(payment => payment.SettledAt)
            .ThenByDescending(payment => payment.Id).ToListAsync(cancellationToken);
        var (toReturn, toKeep) = (settlement.Refund.MinorUnits, settlement.Fee.MinorUnits);
        foreach (var payment in payments)
        {
            var left = held[payment.Id];
            var back = Math.Min(left, toReturn);
            if (back > 0)
            {
                var refund = Refund.Of(payment, payment.Amount with { MinorUnits = back }, cause, by, now);
                db.Refunds.Add(refund);
                db.LedgerEntries.Move(payment, refund, refund.Amount, LedgerAccount.Stay, LedgerAccount.Refund, RefundCauses.NameOf(cause), now);
            }

            var kept = Math.Min(left - back, toKeep);
            db.LedgerEntries.Move(payment, refund: null, payment.Amount with { MinorUnits = kept }, LedgerAccount.Stay, LedgerAccount.Retained, RefundCauses.NameOf(cause), now);
            (toReturn, toKeep) = (toReturn - back, toKeep - kept);
        }

        if (toReturn > 0 || toKeep > 0)
        {
            throw new InvalidOperationException($"Booking {booking.Id} has less money than was to be moved.");
        }
    }
}
