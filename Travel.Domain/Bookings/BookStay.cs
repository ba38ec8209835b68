using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Idempotency;
using Travel.Domain.Listings;
using Travel.Domain.Outbox;

namespace Travel.Domain.Bookings;

/// <summary>A guest books a stay: the nights, the booking, its history and the news of it are written together or not at all.</summary>
public sealed class BookStay(TravelDbContext db, ListingTurn turn, IOptions<BookingOptions> options, TimeProvider clock)
{
    /// <param name="total">
    /// The price the guest has seen; null when they take what it is. A condition and no part of what is asked for: a request sent again
    /// with another one gets the booking that the first has made.
    /// </param>
    public async Task<BookStayOutcome> ExecuteAsync(
        Guid guestId, Guid listingId, StayRequest stay, Money? total, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = IdempotentRequest.Of(guestId, idempotencyKey, nameof(BookStay), new { listingId, stay });
        var outcome = await turn.TakeAsync(token => BookAsync(request, guestId, listingId, stay, total, token), cancellationToken);
        BookingMetrics.Count(outcome);
        return outcome;
    }

    private async Task<BookStayOutcome> BookAsync(
        IdempotentRequest request, Guid guestId, Guid listingId, StayRequest stay, Money? total, CancellationToken cancellationToken)
    {
        var (key, now, guestName, listing, areNightsFree) = await BookingTurn.TakeAsync(db, request, guestId, listingId, stay, clock, cancellationToken);
        switch (key)
        {
            case KeyState.InFlight: return new BookStayOutcome.InFlight();
            case KeyState.UsedForAnotherRequest: return new BookStayOutcome.KeyUsedForAnotherRequest();
            case KeyState.Answered answered: return new BookStayOutcome.Booked(answered.As<BookingResponse>()) { IsRepetition = true };
        }

        if (listing is null)
        {
            return new BookStayOutcome.NoSuchListing();
        }

        if (listing.HostId == guestId)
        {
            return new BookStayOutcome.OwnListing();
        }

        if (stay.ErrorsAt(listing, now) is { Count: > 0 } errors)
        {
            return new BookStayOutcome.Invalid(errors);
        }

        if (!areNightsFree)
        {
            return new BookStayOutcome.DatesUnavailable();
        }

        var wanted = NewBooking.At(listing, guestId, stay, now);

        if (total is { } seen && seen != wanted.Quote.Total)
        {
            return new BookStayOutcome.PriceChanged(wanted.Quote.Total);
        }

        if (guestName is null)
        {
            return new BookStayOutcome.NoSuchGuest();
        }

        var response = Add(wanted, listing, now).ToResponse(listing, guestName, BookingParty.Guest);
        db.IdempotencyKeys.Add(request.Answer(response, now));
        await db.SaveChangesAsync(cancellationToken);
        return new BookStayOutcome.Booked(response);
    }

    private Booking Add(NewBooking wanted, Listing listing, DateTimeOffset now)
    {
        var booking = (listing.BookingMode, listing.PaymentMode) switch
        {
            (BookingMode.Request, _) => Booking.Requested(wanted, Until(options.Value.AnswerWithin), now),
            (_, PaymentMode.Online) => Booking.Held(wanted, Until(options.Value.HoldFor), now),
            _ => Booking.Confirmed(wanted, now),
        };
        db.Bookings.Add(booking);
        if (booking.Status != BookingStatus.Requested)
        {
            db.TakeNights(booking, now);
        }

        switch (booking.Status)
        {
            case BookingStatus.Held:
                db.Outbox.Add(OutboxMessage.Of(new BookingHeld(booking.Id, booking.Version, booking.HoldExpiresAt!.Value, now), now));
                break;
            case BookingStatus.Requested:
                db.Outbox.Add(OutboxMessage.Of(new BookingRequested(booking.Id, booking.Version, now), now));
                break;
            case BookingStatus.Confirmed:
                db.Outbox.Add(OutboxMessage.Of(new BookingConfirmed(booking.Id, booking.Version, now), now));
                break;
        }

        return booking;

        DateTimeOffset Until(TimeSpan wait) => HoldTimes.Until(listing, wanted.Stay.CheckIn, wait, now);
    }
}

public abstract record BookStayOutcome
{
    private BookStayOutcome()
    {
    }

    public sealed record Booked(BookingResponse Booking) : BookStayOutcome
    {
        /// <summary>Answered with what an earlier request of the same key had booked.</summary>
        public bool IsRepetition { get; init; }
    }

    public sealed record NoSuchListing : BookStayOutcome;

    /// <summary>A host does not book with themselves; a block keeps nights free.</summary>
    public sealed record OwnListing : BookStayOutcome;

    /// <summary>The account has been erased since the guest signed in.</summary>
    public sealed record NoSuchGuest : BookStayOutcome;

    public sealed record Invalid(IDictionary<string, string[]> Errors) : BookStayOutcome;

    public sealed record DatesUnavailable : BookStayOutcome;

    /// <summary>The price that was seen is not what the stay costs.</summary>
    public sealed record PriceChanged(Money Total) : BookStayOutcome;

    public sealed record InFlight : BookStayOutcome;

    public sealed record KeyUsedForAnotherRequest : BookStayOutcome;
}
