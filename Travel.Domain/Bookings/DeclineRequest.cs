using Travel.Contracts.Bookings;
using Travel.Domain.Availability;
using Travel.Domain.Outbox;

namespace Travel.Domain.Bookings;

/// <summary>A host says no to a request.</summary>
public sealed class DeclineRequest(TravelDbContext db, ListingTurn turn, TimeProvider clock)
{
    public async Task<BookingOutcome> ExecuteAsync(Caller caller, Guid bookingId, string? reason, CancellationToken cancellationToken) =>
        BookingOutcome.TooLong(reason) ?? await turn.TakeAsync(token => DeclineAsync(caller, bookingId, reason, token), cancellationToken);

    private async Task<BookingOutcome> DeclineAsync(Caller caller, Guid bookingId, string? reason, CancellationToken cancellationToken)
    {
        if (await db.LockBookingAsync(bookingId, caller, clock, cancellationToken) is not { } locked)
        {
            return new BookingOutcome.NoSuchBooking();
        }

        var (booking, _, party, now, _) = locked;
        if (party == BookingParty.Host && booking.Status == BookingStatus.Declined)
        {
            return locked.Done();
        }

        if (BookingRules.RefuseAnswer(booking, party) is { } refusal)
        {
            return refusal;
        }

        booking.Decline(caller.Id, reason, now);
        db.Outbox.Add(OutboxMessage.Of(new BookingDeclined(booking.Id, booking.Version, NightsGone: false, now), now));
        await db.SaveChangesAsync(cancellationToken);
        return locked.Done();
    }
}
