using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Payments;
using Travel.Domain.Availability;
using Travel.Domain.Idempotency;
using Travel.Domain.Operations;
using Travel.Domain.Outbox;

namespace Travel.Domain.Payments;

/// <summary>
/// An operator sends back money of a payment that is part of no stay: what nobody can place first, then what a cancellation kept. A refund
/// that failed is repaired with it, for its money lies open again.
/// </summary>
public sealed class RefundPayment(TravelDbContext db, ListingTurn turn, TimeProvider clock)
{
    public async Task<RefundPaymentOutcome> ExecuteAsync(
        Guid operatorId, Guid paymentId, Money amount, string reason, string idempotencyKey, CancellationToken cancellationToken)
    {
        var errors = ErrorsOf(amount, reason);
        var request = IdempotentRequest.Of(operatorId, idempotencyKey, nameof(RefundPayment), new { paymentId, amount, reason });
        return errors.Count > 0
            ? new RefundPaymentOutcome.Invalid(errors)
            : await turn.TakeAsync(token => RefundAsync(request, operatorId, paymentId, amount, reason, token), cancellationToken);
    }

    private static Dictionary<string, string[]> ErrorsOf(Money amount, string reason)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (amount.MinorUnits <= 0)
        {
            errors["amount"] = ["More than nothing."];
        }

        if (AuditEntry.ErrorOf(reason) is { } error)
        {
            errors["reason"] = [error];
        }

        return errors;
    }

    private async Task<RefundPaymentOutcome> RefundAsync(
        IdempotentRequest request, Guid operatorId, Guid paymentId, Money amount, string reason, CancellationToken cancellationToken)
    {
        switch (await request.TakeAsync(db, clock.GetUtcNow(), cancellationToken))
        {
            case KeyState.InFlight: return new RefundPaymentOutcome.InFlight();
            case KeyState.UsedForAnotherRequest: return new RefundPaymentOutcome.KeyUsedForAnotherRequest();
            case KeyState.Answered answered: return new RefundPaymentOutcome.Repeated(answered.As<RefundDetail>());
        }

        // A payment's listing never changes, so it may be read before the lock.
        if (await db.Payments.Where(found => found.Id == paymentId).Select(found => (Guid?)found.ListingId).SingleOrDefaultAsync(cancellationToken) is not { } listingId)
        {
            return new RefundPaymentOutcome.NoSuchPayment();
        }

        var now = await db.LockListingAsync(listingId, clock, cancellationToken);
        var payment = await db.Payments.SingleAsync(found => found.Id == paymentId, cancellationToken);
        var held = PaymentMoney.Of(payment, await db.LedgerEntries.HeldOfPaymentsAsync([paymentId], cancellationToken));
        if (amount.Currency != held.Refundable.Currency)
        {
            return RefundPaymentOutcome.Wrong("amount", $"This payment is in {held.Refundable.Currency}.");
        }

        if (amount.MinorUnits > held.Refundable.MinorUnits)
        {
            return new RefundPaymentOutcome.TooLarge(held.Refundable, held.Stay);
        }

        var refund = Refund.Of(payment, amount, RefundCause.Operator, operatorId, now);
        db.Refunds.Add(refund);
        var ofOpen = amount with { MinorUnits = Math.Min(amount.MinorUnits, held.Open.MinorUnits) };
        db.LedgerEntries.Move(payment, refund, ofOpen, LedgerAccount.Open, LedgerAccount.Refund, Cause, now);
        db.LedgerEntries.Move(payment, refund, amount - ofOpen, LedgerAccount.Retained, LedgerAccount.Refund, Cause, now);
        var booking = await db.Bookings.SingleAsync(found => found.Id == payment.BookingId, cancellationToken);
        booking.PaymentReturned(Cause, now, operatorId);
        db.Outbox.Add(OutboxMessage.Of(new PaymentReturned(payment.Id, booking.Id, booking.Version, Cause, now), now));
        db.Audit.Add(AuditEntry.Of(operatorId, "payment-refunded", payment.TxRef, now, reason));
        var detail = refund.ToDetail();
        db.IdempotencyKeys.Add(request.Answer(detail, now));
        await db.SaveChangesAsync(cancellationToken);
        return new RefundPaymentOutcome.Decided(detail, booking.Id);
    }

    private static string Cause => RefundCauses.NameOf(RefundCause.Operator);
}

public abstract record RefundPaymentOutcome
{
    private RefundPaymentOutcome()
    {
    }

    /// <summary>It is on its way.</summary>
    public sealed record Decided(RefundDetail Refund, Guid BookingId) : RefundPaymentOutcome;

    /// <summary>It was already; as it was then.</summary>
    public sealed record Repeated(RefundDetail Refund) : RefundPaymentOutcome;

    public sealed record NoSuchPayment : RefundPaymentOutcome;

    public sealed record Invalid(IDictionary<string, string[]> Errors) : RefundPaymentOutcome;

    /// <param name="Stay">What is part of a stay, and goes back when that is cancelled.</param>
    public sealed record TooLarge(Money Refundable, Money Stay) : RefundPaymentOutcome;

    public sealed record InFlight : RefundPaymentOutcome;

    public sealed record KeyUsedForAnotherRequest : RefundPaymentOutcome;

    internal static RefundPaymentOutcome Wrong(string field, string error) =>
        new Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] });
}
