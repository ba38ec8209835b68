using Microsoft.EntityFrameworkCore;
using Travel.Api.Bookings;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;

namespace Travel.Api.Payments;

internal static class PaymentReads
{
    /// <returns>Null when there is no such booking whose money is the caller's business. Four queries, however often it was tried to pay.</returns>
    public static async Task<BookingPayment?> GetAsync(
        TravelDbContext db, Guid bookingId, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await BookingReads.GetAsync(db, bookingId, caller, cancellationToken) is not { Party: not BookingParty.Host } seen)
        {
            return null;
        }

        var payments = await db.Payments.AsNoTracking().Where(payment => payment.BookingId == bookingId)
            .OrderByDescending(payment => payment.Id).ToListAsync(cancellationToken);
        var refunds = await db.Refunds.AsNoTracking().Where(refund => refund.BookingId == bookingId).OrderBy(refund => refund.Id).ToListAsync(cancellationToken);
        var paid = payments.Where(payment => payment.State == PaymentState.Paid).OrderBy(payment => payment.SettledAt).ToList();
        var received = new Money(paid.Sum(payment => payment.AmountMinorUnits), seen.Booking.Currency);
        var returned = received with { MinorUnits = refunds.Where(refund => refund.State == RefundState.Refunded).Sum(refund => refund.AmountMinorUnits) };
        var status = StatusOf([.. payments.Select(payment => payment.State)], [.. refunds.Select(refund => refund.State)], received, returned);
        var due = DueOf(seen, payments, now);
        return new BookingPayment(
            status,
            due?.Money,
            due is null ? null : due.Change?.ExpiresAt ?? seen.Booking.HoldExpiresAt,
            due?.Change is not null,
            received,
            returned,
            [.. paid.Select(payment => new Receipt(payment.TxRef, payment.Amount, payment.Method, payment.SettledAt!.Value))],
            [.. refunds.Select(refund => new RefundResponse(
                refund.Amount, refund.State == RefundState.Refunded, StayMoney.NameOf(refund.Cause), refund.CreatedAt, refund.SettledAt))]);
    }

    /// <summary>Nobody is shown a way to pay while it is not known whether they have.</summary>
    private static PaymentRules.Amount? DueOf(SeenBooking seen, List<Payment> payments, DateTimeOffset now) =>
        PaymentRules.Due(seen.Booking, seen.Party, seen.Change) is { } due
        && (due.Change?.ExpiresAt ?? seen.Booking.HoldExpiresAt) > now
        && !payments.Exists(payment => payment.State == PaymentState.Unknown && payment.ChangeId == due.Change?.Id)
            ? due
            : null;

    /// <returns>The attempt that may have been paid; null when there is none.</returns>
    public static Task<string?> OpenAttemptAsync(TravelDbContext db, Guid bookingId, Caller caller, CancellationToken cancellationToken) =>
        db.Payments.Where(payment => payment.BookingId == bookingId && payment.GuestId == caller.Id && payment.NextCheckAt != null)
            .OrderByDescending(payment => payment.Id).Select(payment => (string?)payment.TxRef).FirstOrDefaultAsync(cancellationToken);

    private static PaymentStatus StatusOf(List<PaymentState> payments, List<RefundState> refunds, Money paid, Money refunded) => payments switch
    {
        _ when refunds.Exists(refund => refund is not RefundState.Refunded) => PaymentStatus.Refunding,
        _ when refunded.MinorUnits > 0 => refunded == paid ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded,
        _ when payments.Contains(PaymentState.Unknown) || payments.Contains(PaymentState.Mismatched) => PaymentStatus.Unknown,
        [PaymentState.Started or PaymentState.Pending, ..] => PaymentStatus.Pending,
        _ when paid.MinorUnits > 0 => PaymentStatus.Paid,
        [PaymentState.Failed, ..] => PaymentStatus.Failed,
        _ => PaymentStatus.None,
    };
}
