using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Domain.Availability;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

/// <summary>A booking as it is in its listing's turn, which nobody else can change until the transaction ends.</summary>
internal sealed record LockedBooking(Booking Booking, Listing Listing, BookingParty Party, DateTimeOffset Now, BookingChange? PendingChange)
{
    public BookingOutcome.Done Done() => new(Booking.ToResponse(Listing, Booking.Guest!.DisplayName, Party, PendingChange));
}

internal static class BookingLock
{
    /// <returns>Null when there is none that the caller may know of; no lock is taken then.</returns>
    public static async Task<LockedBooking?> LockBookingAsync(
        this TravelDbContext db, Guid bookingId, Caller caller, TimeProvider clock, CancellationToken cancellationToken)
    {
        // These three never change, so they may be read before the lock.
        var known = await db.Bookings.Where(booking => booking.Id == bookingId)
            .Select(booking => new { booking.ListingId, booking.GuestId, booking.HostId })
            .SingleOrDefaultAsync(cancellationToken);
        if (known is null || BookingRules.PartyOf(caller, known.GuestId, known.HostId) is not { } party)
        {
            return null;
        }

        var now = await db.LockListingAsync(known.ListingId, clock, cancellationToken);
        var booking = await db.Bookings.Include(found => found.Listing).Include(found => found.Guest)
            .SingleAsync(found => found.Id == bookingId, cancellationToken);
        var change = await db.BookingChanges
            .SingleOrDefaultAsync(found => found.BookingId == bookingId && found.Status == BookingChangeStatus.Pending, cancellationToken);
        return new LockedBooking(booking, booking.Listing!, party, now, change);
    }
}
