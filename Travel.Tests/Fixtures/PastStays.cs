using Travel.Contracts.Bookings;
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
        var request = new StayRequest(CheckIn, CheckIn.AddDays(2), Guests: 1);
        var bookedAt = new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);
        var quote = QuoteStay.For(listing, request, bookedAt);
        return new Booking
        {
            Id = Guid.CreateVersion7(bookedAt),
            Reference = BookingReference.New(),
            ListingId = listing.Id,
            GuestId = guest.Id,
            CheckInOn = request.CheckIn,
            CheckOutOn = request.CheckOut,
            Guests = request.Guests,
            Status = status,
            PaymentMode = listing.PaymentMode,
            Quote = quote,
            TotalMinorUnits = quote.Total.MinorUnits,
            Currency = quote.Currency,
            CreatedAt = bookedAt,
            Version = 1,
        };
    }
}
