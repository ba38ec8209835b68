using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Outbox;

namespace Travel.Domain.Bookings;

/// <summary>A host accepts a request. Only now it takes nights, and it may be too late for them.</summary>
public sealed class AcceptRequest(TravelDbContext db, ListingTurn turn, IOptions<BookingOptions> options, TimeProvider clock)
{
    public Task<BookingOutcome> ExecuteAsync(Caller caller, Guid bookingId, CancellationToken cancellationToken) =>
        turn.TakeAsync(token => AcceptAsync(caller, bookingId, token), cancellationToken);

    private async Task<BookingOutcome> AcceptAsync(Caller caller, Guid bookingId, CancellationToken cancellationToken)
    {
        if (await db.LockBookingAsync(bookingId, caller, clock, cancellationToken) is not { } locked)
        {
            return new BookingOutcome.NoSuchBooking();
        }

        var (booking, listing, party, now, _) = locked;
        if (party == BookingParty.Host && booking.Status is BookingStatus.Held or BookingStatus.Confirmed)
        {
            return locked.Done();
        }

        if (BookingRules.RefuseAnswer(booking, party) is { } refusal)
        {
            return refusal;
        }

        if (booking.RequestExpiresAt <= now)
        {
            booking.Expire(now);
            db.Outbox.Add(OutboxMessage.Of(new BookingExpired(booking.Id, booking.Version, WasRequest: true, now), now));
            await db.SaveChangesAsync(cancellationToken);
            return BookingRules.RefuseAnswer(booking, party)!;
        }

        if (listing.SuspendedAt is not null)
        {
            return new BookingOutcome.NotNow(ProblemTypes.ListingSuspended, "Your place is suspended and takes no new bookings. You can still decline.");
        }

        if (!await db.Occupancies.AreFreeForAsync(booking, booking.CheckInOn, booking.CheckOutOn, cancellationToken))
        {
            booking.Decline(caller.Id, "Somebody else has some of these nights.", now);
            db.Outbox.Add(OutboxMessage.Of(new BookingDeclined(booking.Id, booking.Version, NightsGone: true, now), now));
            await db.SaveChangesAsync(cancellationToken);
            return new BookingOutcome.DatesUnavailable();
        }

        if (booking.PaymentMode == PaymentMode.OnArrival)
        {
            booking.Confirm(caller.Id, now);
            db.Outbox.Add(OutboxMessage.Of(new BookingConfirmed(booking.Id, booking.Version, now), now));
        }
        else
        {
            var until = HoldTimes.Until(listing, booking.CheckInOn, options.Value.HoldAcceptedFor, now);
            booking.Hold(caller.Id, until, now);
            db.Outbox.Add(OutboxMessage.Of(new BookingAccepted(booking.Id, booking.Version, until, now), now));
        }

        db.TakeNights(booking, now);
        await db.SaveChangesAsync(cancellationToken);
        return locked.Done();
    }
}
