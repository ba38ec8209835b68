using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;

namespace Travel.Api.Payments;

internal static class PaymentReads
{
    /// <returns>Null when there is no such booking that the caller may know of. Two queries, however often it was tried to pay.</returns>
    public static async Task<BookingPayment?> GetAsync(TravelDbContext db, Guid bookingId, Caller caller, CancellationToken cancellationToken)
    {
        var attempts = await db.Bookings.AsNoTracking().Where(booking => booking.Id == bookingId)
            .Select(booking => new
            {
                booking.GuestId,
                booking.HostId,
                booking.Currency,
                Payments = db.Payments.Where(payment => payment.BookingId == bookingId).OrderByDescending(payment => payment.Id)
                    .Select(payment => new { payment.State, payment.AmountMinorUnits, payment.CreatedAt, payment.SettledAt, payment.TxRef, payment.Method }).ToList(),
                Refunds = db.Refunds.Where(refund => refund.BookingId == bookingId).OrderBy(refund => refund.Id)
                    .Select(refund => new { refund.State, refund.AmountMinorUnits, refund.CreatedAt, refund.SettledAt }).ToList(),
            })
            .AsSplitQuery().SingleOrDefaultAsync(cancellationToken);
        if (attempts is null || BookingRules.PartyOf(caller, attempts.GuestId, attempts.HostId) is not { } party || party == Contracts.Bookings.BookingParty.Host)
        {
            return null;
        }

        var paid = attempts.Payments.Where(payment => payment.State == PaymentState.Paid).ToList();
        var refunded = attempts.Refunds.Where(refund => refund.State == RefundState.Refunded).Sum(refund => refund.AmountMinorUnits);
        return new BookingPayment(
            StatusOf(attempts.Payments.Select(payment => payment.State).ToList(), attempts.Refunds.Select(refund => refund.State).ToList(), paid.Sum(payment => payment.AmountMinorUnits), refunded),
            new Money(paid.Sum(payment => payment.AmountMinorUnits), attempts.Currency),
            new Money(refunded, attempts.Currency),
            [.. paid.Select(payment => new Receipt(payment.TxRef, new Money(payment.AmountMinorUnits, attempts.Currency), payment.Method, payment.SettledAt!.Value))],
            [.. attempts.Refunds.Select(refund => new RefundResponse(new Money(refund.AmountMinorUnits, attempts.Currency), refund.State == RefundState.Refunded, refund.CreatedAt, refund.SettledAt))]);
    }

    /// <returns>The attempt that may have been paid; null when there is none.</returns>
    public static Task<string?> OpenAttemptAsync(TravelDbContext db, Guid bookingId, Caller caller, CancellationToken cancellationToken) =>
        db.Payments.Where(payment => payment.BookingId == bookingId && payment.GuestId == caller.Id && payment.NextCheckAt != null)
            .OrderByDescending(payment => payment.Id).Select(payment => (string?)payment.TxRef).FirstOrDefaultAsync(cancellationToken);

    private static PaymentStatus StatusOf(List<PaymentState> payments, List<RefundState> refunds, long paid, long refunded) => payments switch
    {
        _ when refunds.Exists(refund => refund is not RefundState.Refunded) => PaymentStatus.Refunding,
        _ when refunded > 0 => refunded == paid ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded,
        _ when payments.Contains(PaymentState.Unknown) || payments.Contains(PaymentState.Mismatched) => PaymentStatus.Unknown,
        [PaymentState.Started or PaymentState.Pending, ..] => PaymentStatus.Pending,
        _ when paid > 0 => PaymentStatus.Paid,
        [PaymentState.Failed, ..] => PaymentStatus.Failed,
        _ => PaymentStatus.None,
    };
}
