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
    /// <returns>Null when there is no such booking whose money is the caller's business. Five queries, however often it was tried to pay.</returns>
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
        var held = await db.LedgerEntries.HeldOfPaymentsAsync([.. payments.Select(payment => payment.Id)], cancellationToken);
        var unrepaired = FailedRefunds.Unrepaired(payments, refunds, held);
        var paid = payments.Where(payment => payment.Received is not null).OrderBy(payment => payment.SettledAt).ToList();
        var currency = seen.Booking.Currency;
        var thing = DueOf(seen, now);
        var attempts = thing is null ? [] : payments.FindAll(payment => payment.ChangeId == thing.Change?.Id);
        // Nobody is shown a way to pay while it is not known whether they have, or who has, a moment after the booking was read.
        var due = attempts.Exists(payment => payment.State == PaymentState.Paid || PaymentRules.SpeaksAgainstAnother(payment, held)) ? null : thing;
        return new BookingPayment(
            StatusOf(payments, attempts, refunds, unrepaired.Count > 0, held),
            due?.Money,
            due is null ? null : UntilOf(seen, due),
            due?.Change is not null,
            Sum(paid.Select(payment => payment.Received!.Value), currency),
            Sum(refunds.Where(refund => refund.State == RefundState.Refunded).Select(refund => refund.Amount), currency),
            [.. paid.Select(payment => new Receipt(payment.TxRef, payment.Received!.Value, payment.Method, payment.SettledAt!.Value))],
            [.. refunds.Where(refund => !refund.HasFailed).Select(refund => Told(refund, refund.Amount))
                .Concat(unrepaired.Select(failed => Told(failed.Refund, failed.Left))).OrderBy(refund => refund.DecidedAt)]);
    }

    private static PaymentRules.Amount? DueOf(SeenBooking seen, DateTimeOffset now) =>
        PaymentRules.Due(seen.Booking, seen.Party, seen.Change) is { } due && UntilOf(seen, due) > now ? due : null;

    private static DateTimeOffset? UntilOf(SeenBooking seen, PaymentRules.Amount due) => due.Change?.ExpiresAt ?? seen.Booking.HoldExpiresAt;

    /// <param name="txRef">Of the attempt that the guest comes back from; null when it is not said.</param>
    /// <returns>That attempt, or the last one, if it is still asked about; null when there is none.</returns>
    public static Task<string?> WatchedAttemptAsync(TravelDbContext db, Guid bookingId, Caller caller, string? txRef, CancellationToken cancellationToken) =>
        db.Payments.Where(payment => payment.BookingId == bookingId && payment.GuestId == caller.Id && payment.NextCheckAt != null && (txRef == null || payment.TxRef == txRef))
            .OrderByDescending(payment => payment.Id).Select(payment => (string?)payment.TxRef).FirstOrDefaultAsync(cancellationToken);

    /// <summary>What came in another currency is in the receipts, and in no sum.</summary>
    private static Money Sum(IEnumerable<Money> amounts, string currency) =>
        amounts.Where(amount => amount.Currency == currency).Aggregate(new Money(0, currency), (sum, amount) => sum + amount);

    /// <param name="amount">What of it goes back, or has.</param>
    private static RefundResponse Told(Refund refund, Money amount)
    {
        var isDone = refund.State == RefundState.Refunded;
        return new RefundResponse(amount, isDone, RefundCauses.NameOf(refund.Cause), refund.CreatedAt, isDone ? refund.SettledAt : null);
    }

    /// <param name="payments">The last one first.</param>
    /// <param name="attempts">Those of them at what is due now; what is due comes before what was.</param>
    /// <param name="isOwed">Something was to go back, and has not.</param>
    private static PaymentStatus StatusOf(
        List<Payment> payments, List<Payment> attempts, List<Refund> refunds, bool isOwed, IReadOnlyList<HeldMoney> held) => (attempts, payments) switch
    {
        _ when attempts.Exists(payment => PaymentRules.SpeaksAgainstAnother(payment, held)) => PaymentStatus.Unknown,
        ([{ IsOpen: true }, ..], _) => PaymentStatus.Pending,
        ([{ State: PaymentState.Failed }, ..], _) => PaymentStatus.Failed,
        _ when isOwed || refunds.Exists(refund => refund.State is RefundState.Due or RefundState.Processing) => PaymentStatus.Refunding,
        _ when refunds.Count > 0 => held.Any(money => money.Account == LedgerAccount.Gateway && money.Money.MinorUnits > 0)
            ? PaymentStatus.PartiallyRefunded
            : PaymentStatus.Refunded,
        _ when payments.Exists(payment => PaymentRules.SpeaksAgainstAnother(payment, held)) => PaymentStatus.Unknown,
        _ when payments.Exists(payment => payment.State == PaymentState.Paid) => PaymentStatus.Paid,
        (_, [{ IsOpen: true }, ..]) => PaymentStatus.Pending,
        (_, [{ State: PaymentState.Failed }, ..]) => PaymentStatus.Failed,
        _ => PaymentStatus.None,
    };
}
