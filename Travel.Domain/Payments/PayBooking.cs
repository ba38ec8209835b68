using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Bookings;
using Travel.Domain.Idempotency;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>
/// A guest wants to pay what is due: a hold, or the change of a stay. The reference is committed before the gateway hears of it, and an
/// attempt that is open already is asked about and closed before there is another, so that there is no money we could not name.
/// </summary>
public sealed partial class PayBooking(
    TravelDbContext db, ListingTurn turn, ChapaClient gateway, SettlePayment settle, IOptions<ChapaOptions> options, TimeProvider clock, ILogger<PayBooking> logger)
{
    /// <summary>An attempt younger than this is somebody's who is asking the gateway at this moment; an older one is a dead process's.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Each is an open attempt that had to be closed first; more than a few are other clients at the same thing.</summary>
    private const int Attempts = 3;

    public async Task<PayBookingOutcome> ExecuteAsync(Caller caller, Guid bookingId, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = IdempotentRequest.Of(caller.Id, idempotencyKey, nameof(PayBooking), new { bookingId });
        string? closed = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            switch (await turn.TakeAsync(token => PrepareAsync(request, caller, bookingId, closed, token), cancellationToken))
            {
                case Step.Answer(var outcome):
                    return outcome;
                case Step.Open(var payment, var description):
                    return await OpenAsync(payment, description, request, cancellationToken);
                case Step.Close(var txRef):
                    if (await settle.ExecuteAsync(txRef, PaymentWord.None, cancellationToken) is PaymentState.Started or PaymentState.Pending)
                    {
                        await gateway.CloseCheckoutAsync(txRef, cancellationToken);
                        closed = txRef;
                    }

                    break;
            }
        }

        return new PayBookingOutcome.InFlight();
    }

    private async Task<Step> PrepareAsync(IdempotentRequest request, Caller caller, Guid bookingId, string? closed, CancellationToken cancellationToken)
    {
        var key = await request.TakeAsync(db, clock.GetUtcNow(), cancellationToken);
        switch (key)
        {
            case KeyState.InFlight: return new Step.Answer(new PayBookingOutcome.InFlight());
            case KeyState.UsedForAnotherRequest: return new Step.Answer(new PayBookingOutcome.KeyUsedForAnotherRequest());
        }

        if (await db.LockBookingAsync(bookingId, caller, clock, cancellationToken) is not { } locked)
        {
            return new Step.Answer(new PayBookingOutcome.NoSuchBooking());
        }

        var attempts = await db.Payments.Where(payment => payment.BookingId == bookingId).OrderByDescending(payment => payment.Id).ToListAsync(cancellationToken);
        if (key is KeyState.Answered leased && attempts.Find(payment => payment.TxRef == leased.As<PaymentLease>().TxRef) is { CheckoutUrl: { } page } answered)
        {
            return new Step.Answer(new PayBookingOutcome.Opened(new Uri(page), answered.TxRef));
        }

        if (PaymentRules.Due(locked.Booking, locked.Party, locked.PendingChange) is not PaymentRules.Amount(var amount, var change))
        {
            return new Step.Answer(PaymentRules.Refuse(locked));
        }

        var ofThis = attempts.FindAll(payment => payment.ChangeId == change?.Id);
        var held = await db.LedgerEntries.HeldOfPaymentsAsync(ofThis.ConvertAll(payment => payment.Id), cancellationToken);
        if (ofThis.Exists(payment => PaymentRules.SpeaksAgainstAnother(payment, held)))
        {
            return new Step.Answer(new PayBookingOutcome.Unknown());
        }

        var open = ofThis.Find(payment => payment.IsOpen);
        switch (open)
        {
            case { State: PaymentState.Started } when open.TxRef != closed && locked.Now < open.CreatedAt + Lease:
                return new Step.Answer(new PayBookingOutcome.InFlight());
            case not null when open.TxRef != closed:
                return new Step.Close(open.TxRef);
            case not null:
                open.Abandon();
                // Before the next one is open: of one thing, one is.
                await db.SaveChangesAsync(cancellationToken);
                break;
        }

        var payment = Payment.For(locked.Booking, change, amount, options.Value.Mode, locked.Now);
        db.Payments.Add(payment);
        await request.ForgetAsync(db, cancellationToken);
        db.IdempotencyKeys.Add(request.Answer(new PaymentLease(payment.TxRef), locked.Now));
        await db.SaveChangesAsync(cancellationToken);
        return new Step.Open(payment, $"Stay {locked.Booking.Reference}");
    }

    private async Task<PayBookingOutcome> OpenAsync(Payment payment, string description, IdempotentRequest request, CancellationToken cancellationToken)
    {
        var checkout = new CheckoutRequest(
            payment.TxRef, payment.Amount, description,
            new Uri(options.Value.WebAddress!, $"/trips/{payment.BookingId}/payment?tx={payment.TxRef}"),
            new Uri(options.Value.ApiAddress!, "/api/v1/payments/chapa/callback"));
        var answer = await gateway.OpenCheckoutAsync(checkout, cancellationToken);
        // Whoever hangs up now has the page all the same when they ask again.
        return await turn.TakeAsync(payment.ListingId, (now, token) => NoteAsync(payment.Id, answer, request, now, token), CancellationToken.None);
    }

    private async Task<PayBookingOutcome> NoteAsync(
        Guid paymentId, CheckoutAnswer answer, IdempotentRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var payment = await db.Payments.SingleAsync(found => found.Id == paymentId, cancellationToken);
        if (payment.State != PaymentState.Started)
        {
            // Somebody took longer than a lease, and others have gone on.
            return new PayBookingOutcome.InFlight();
        }

        if (answer is CheckoutAnswer.Opened(var page))
        {
            payment.Open(page);
            await db.SaveChangesAsync(cancellationToken);
            return new PayBookingOutcome.Opened(page, payment.TxRef);
        }

        // Nobody has a page on which it could be paid. It is not remembered: asked again, the gateway is asked again.
        payment.Abandon();
        await request.ForgetAsync(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (answer is not CheckoutAnswer.Refused(var sentence))
        {
            return new PayBookingOutcome.GatewayAway();
        }

        Log.Refused(logger, payment.Id, sentence);
        return new PayBookingOutcome.Refused();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The payment gateway does not want payment {PaymentId}: {Sentence}")]
        public static partial void Refused(ILogger logger, Guid paymentId, string sentence);
    }

    /// <summary>What is remembered of a request that pays, from before the gateway hears of it.</summary>
    private sealed record PaymentLease(string TxRef);

    private abstract record Step
    {
        public sealed record Answer(PayBookingOutcome Outcome) : Step;

        public sealed record Close(string TxRef) : Step;

        public sealed record Open(Payment Payment, string Description) : Step;
    }
}

public abstract record PayBookingOutcome
{
    private PayBookingOutcome()
    {
    }

    public sealed record Opened(Uri Page, string TxRef) : PayBookingOutcome;

    public sealed record NoSuchBooking : PayBookingOutcome;

    public sealed record NotAllowed(string Sentence) : PayBookingOutcome;

    /// <summary>Nothing is due: expired, paid, on arrival, cancelled.</summary>
    public sealed record NotDue(ProblemType Type, string Sentence) : PayBookingOutcome;

    /// <summary>An attempt may have been paid; nobody is asked to pay twice.</summary>
    public sealed record Unknown : PayBookingOutcome;

    /// <summary>The gateway does not want it.</summary>
    public sealed record Refused : PayBookingOutcome;

    public sealed record GatewayAway : PayBookingOutcome;

    public sealed record InFlight : PayBookingOutcome;

    public sealed record KeyUsedForAnotherRequest : PayBookingOutcome;
}
