using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Tests.Fixtures;

/// <summary>Stays as time has left them, straight in the database: no test can wait for them to be over.</summary>
internal static class PastStays
{
    private static readonly DateOnly CheckIn = new(2026, 3, 2);

    /// <summary>A listing of this host that no guest can find, so that no other test books it.</summary>
    public static async Task<Listing> HiddenListingAsync(this TravelGraph graph, User host)
    {
        await using var db = await graph.DatabaseAsync();
        var listing = SampleListing.With(hostId: host.Id, slug: $"hidden-{Guid.NewGuid():N}", status: ListingStatus.Archived);
        db.Listings.Add(listing);
        await db.SaveChangesAsync();
        return listing;
    }

    public static async Task<Booking> StayAsync(this TravelGraph graph, Listing listing, User guest, BookingStatus status = BookingStatus.Completed)
    {
        await using var db = await graph.DatabaseAsync();
        var booking = Stay(listing, guest, status);
        db.Bookings.Add(booking);
        await db.SaveChangesAsync();
        return booking;
    }

    private static Booking Stay(Listing listing, User guest, BookingStatus status)
    {
        var bookedAt = new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);
        listing.Seasons ??= [];
        // One that is confirmed is still to come: the worker completes those that are over.
        var checkIn = status == BookingStatus.Completed ? CheckIn : CheckIn.AddYears(1);
        var wanted = NewBooking.At(listing, guest.Id, new StayRequest(checkIn, checkIn.AddDays(2), Guests: 1), bookedAt);
        if (status is BookingStatus.Requested or BookingStatus.Declined)
        {
            var request = Booking.Requested(wanted, answerBy: bookedAt.AddDays(1), bookedAt);
            if (status == BookingStatus.Declined)
            {
                request.Decline(listing.HostId, reason: null, bookedAt);
            }

            return request;
        }

        var booking = Booking.Confirmed(wanted, bookedAt);
        switch (status)
        {
            case BookingStatus.Confirmed:
                break;
            case BookingStatus.Completed:
                booking.Complete(bookedAt.AddDays(40));
                break;
            case BookingStatus.Cancelled:
                booking.Cancel(guest.Id, reason: null, bookedAt);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(status), status, "Time does not leave stays so.");
        }

        return booking;
    }
}
