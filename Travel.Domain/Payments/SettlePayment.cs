using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;
using Travel.Domain.Outbox;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>Who says that there is something to look into.</summary>
public enum PaymentWord
{
    /// <summary>Nobody: it is time to look.</summary>
    None,

    /// <summary>The guest who came back from the gateway's page, or its unsigned callback.</summary>
    Returned,

    /// <summary>A signed webhook that says that it was paid.</summary>
    Webhook,

    /// <summary>An operator, who wants it settled.</summary>
    Operator,
}

/// <summary>
/// The one way in which money comes to count. Webhook, return page, callback and reconciler all end here; each says only which payment, and
/// what has become of it the gateway is asked. Asking happens outside any transaction, deciding and writing in one, in the listing's turn.
/// </summary>
public sealed partial class SettlePayment(TravelDbContext db, ListingTurn turn, ChapaClient gateway, ILogger<SettlePayment> logger)
{
    /// <returns>How it stands now; null when there is no such payment.</returns>
    public async Task<PaymentState?> ExecuteAsync(string txRef, PaymentWord word, CancellationToken cancellationToken)
    {
        var known = await db.Payments.AsNoTracking().Where(payment => payment.TxRef == txRef)
            .Select(payment => new { payment.Id, payment.ListingId, payment.State }).SingleOrDefaultAsync(cancellationToken);
        if (known is null or { State: PaymentState.Paid or PaymentState.Mismatched })
        {
            return known?.State;
        }

        var answer = await gateway.VerifyAsync(txRef, cancellationToken);
        return await turn.TakeAsync(known.ListingId, (now, token) => SettleAsync(known.Id, answer, word, now, token), cancellationToken);
    }

    private async Task<PaymentState?> SettleAsync(Guid paymentId, VerifyAnswer answer, PaymentWord word, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var payment = await db.Payments.SingleAsync(found => found.Id == paymentId, cancellationToken);
        if (answer is VerifyAnswer.Found(var said))
        {
            var due = await ThingDueAsync(payment, cancellationToken);
            await DoAsync(PaymentDecisions.Of(payment, said, due, now), payment, said, due, now, cancellationToken);
        }

        if (!payment.IsFinal)
        {
            switch (word, answer)
            {
                case (PaymentWord.Webhook, not VerifyAnswer.Found { Payment.Status: GatewayPaymentStatus.Failed }):
                case (_, VerifyAnswer.Found { Payment.Status: GatewayPaymentStatus.Success }):
                    payment.Claim(now);
                    break;
                case (_, VerifyAnswer.Found { Payment.Status: GatewayPaymentStatus.Failed }):
                    payment.Deny();
                    break;
                case (PaymentWord.Returned, VerifyAnswer.None):
                    payment.Doubt();
                    break;
                case (PaymentWord.Operator, VerifyAnswer.Found { Payment.Status: GatewayPaymentStatus.Pending } or VerifyAnswer.Unheard) when !payment.IsWatched:
                    payment.GiveUp();
                    break;
                case (_, VerifyAnswer.Found { Payment.Status: GatewayPaymentStatus.Pending } or VerifyAnswer.Unheard):
                    payment.Reopen();
                    break;
            }

            payment.Checked(now);
            if (payment.TellDoubt(now))
            {
                var version = await db.Bookings.Where(booking => booking.Id == payment.BookingId).Select(booking => booking.Version).SingleAsync(cancellationToken);
                db.Outbox.Add(OutboxMessage.Of(new PaymentUnknown(payment.Id, payment.BookingId, version, now), now));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.SettleImportsAsync(payment.ListingId, now, cancellationToken);
        return payment.State;
    }

    private async Task<ThingDue> ThingDueAsync(Payment payment, CancellationToken cancellationToken)
    {
        var booking = await db.Bookings.Include(found => found.Listing).Include(found => found.Guest).SingleAsync(found => found.Id == payment.BookingId, cancellationToken);
        var changes = await db.BookingChanges
            .Where(found => found.BookingId == booking.Id && (found.Id == payment.ChangeId || found.Status == BookingChangeStatus.Pending))
            .ToListAsync(cancellationToken);
        var change = changes.Find(found => found.Id == payment.ChangeId);
        var (checkIn, checkOut) = change is null ? (booking.CheckInOn, booking.CheckOutOn) : (change.CheckInOn, change.CheckOutOn);
        return new ThingDue(
            booking,
            change,
            await db.Occupancies.AreFreeForAsync(booking, checkIn, checkOut, cancellationToken),
            booking is { Listing.Status: ListingStatus.Published, Guest.ErasedAt: null },
            changes.Exists(found => found.Id != payment.ChangeId));
    }

    private async Task DoAsync(
        PaymentDecision decision, Payment payment, GatewayPayment said, ThingDue due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var booking = due.Booking;
        switch (decision)
        {
            case PaymentDecision.Wait or PaymentDecision.AlreadySettled:
                return;

            case PaymentDecision.Fail:
                payment.Fail(now);
                booking.PaymentFailed(now);
                if (due.IsStanding)
                {
                    db.Outbox.Add(OutboxMessage.Of(new PaymentFailed(payment.Id, booking.Id, booking.Version, now), now));
                }

                break;

            case PaymentDecision.Mismatch:
                payment.ReceiveOther(said, now);
                db.LedgerEntries.Move(payment, refund: null, payment.Received!.Value, LedgerAccount.Gateway, LedgerAccount.Open, "mismatched", now);
                break;

            case PaymentDecision.Confirm(var takeNights):
                payment.Receive(said, now);
                db.LedgerEntries.Move(payment, refund: null, payment.Amount, LedgerAccount.Gateway, LedgerAccount.Stay, "received", now);
                booking.Pay(now);
                if (takeNights)
                {
                    db.TakeNights(booking, now);
                }

                db.Outbox.Add(OutboxMessage.Of(new BookingConfirmed(booking.Id, booking.Version, now), now));
                break;

            case PaymentDecision.ApplyChange(var takeNights):
                payment.Receive(said, now);
                db.LedgerEntries.Move(payment, refund: null, payment.Amount, LedgerAccount.Gateway, LedgerAccount.Stay, "received", now);
                await ApplyAsync(due.Change!, booking, takeNights, now, cancellationToken);
                break;

            case PaymentDecision.GiveBack(var cause):
                payment.Receive(said, now);
                var refund = Refund.Of(payment, payment.Amount, cause, by: null, now);
                db.Refunds.Add(refund);
                db.LedgerEntries.Move(payment, refund, payment.Amount, LedgerAccount.Gateway, LedgerAccount.Refund, RefundCauses.NameOf(cause), now);
                booking.PaymentReturned(RefundCauses.NameOf(cause), now);
                db.Outbox.Add(OutboxMessage.Of(new PaymentReturned(payment.Id, booking.Id, booking.Version, RefundCauses.NameOf(cause), now), now));
                break;
        }

        Log.Settled(logger, payment.Id, payment.State, decision.GetType().Name);
    }

    /// <summary>The dearer stay takes the place of the booked one.</summary>
    private async Task ApplyAsync(BookingChange change, Booking booking, bool takeNights, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stay = new StayRequest(change.CheckInOn, change.CheckOutOn, change.Guests, booking.Note);
        if (takeNights)
        {
            change.TakeAgain();
        }

        change.Apply(now);
        booking.ChangeTo(stay, change.Quote, booking.GuestId, now);
        await db.ReleaseNightsAsync(booking.ListingId, now, cancellationToken, booking.Id);
        db.TakeNights(booking, now);
        db.Outbox.Add(OutboxMessage.Of(new BookingChanged(booking.Id, booking.Version, BookingParty.Guest, LeftEarly: false, now), now));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Payment {PaymentId} is {State}: {Decision}")]
        public static partial void Settled(ILogger logger, Guid paymentId, PaymentState state, string decision);
    }
}
