using Travel.Contracts.Bookings;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Listings;
using Travel.Domain.Outbox;

namespace Travel.Domain.Bookings;

/// <summary>A guest under way leaves before the end: the nights that are left are free for others, the price stays.</summary>
public sealed class LeaveEarly(TravelDbContext db, ListingTurn turn, TimeProvider clock)
{
    public Task<BookingOutcome> ExecuteAsync(Caller caller, Guid bookingId, DateOnly on, CancellationToken cancellationToken) =>
        turn.TakeAsync(token => LeaveAsync(caller, bookingId, on, token), cancellationToken);

    private async Task<BookingOutcome> LeaveAsync(Caller caller, Guid bookingId, DateOnly on, CancellationToken cancellationToken)
    {
        if (await db.LockBookingAsync(bookingId, caller, clock, cancellationToken) is not { } locked)
        {
            return new BookingOutcome.NoSuchBooking();
        }

        var (booking, _, party, now, change) = locked;
        if (BookingRules.RefuseEarlyDeparture(booking, party, now) is { } refusal)
        {
            return refusal;
        }

        if (on == booking.CheckOutOn)
        {
            return locked.Done();
        }

        if (on <= booking.CheckInOn || on > booking.CheckOutOn)
        {
            return BookingOutcome.Wrong("on", $"A day after {booking.CheckInOn:yyyy-MM-dd} and before {booking.CheckOutOn:yyyy-MM-dd}.");
        }

        if (on < LocalTime.DayAt(now, booking.TimeZone))
        {
            return BookingOutcome.Wrong("on", "Nights that are over cannot be given back.");
        }

        booking.EndOn(on, caller.Id, now);
        change?.Withdraw(now);
        await db.ReleaseNightsAsync(booking.ListingId, now, cancellationToken, booking.Id);
        db.TakeNights(booking, now);
        db.Outbox.Add(OutboxMessage.Of(new BookingChanged(booking.Id, booking.Version, party, LeftEarly: true, now), now));
        await db.SaveChangesAsync(cancellationToken);
        await db.SettleImportsAsync(booking.ListingId, now, cancellationToken);
        return (locked with { PendingChange = null }).Done();
    }
}
