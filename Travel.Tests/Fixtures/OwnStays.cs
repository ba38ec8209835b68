using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Tests.Fixtures;

/// <summary>Listings and bookings straight in the database, where no other test finds them.</summary>
internal static class OwnStays
{
    /// <summary>A draft: it is in no list and nobody books it.</summary>
    public static async Task<Listing> DraftAsync(this TravelGraph graph, Guid hostId)
    {
        var listing = SampleListing.With(hostId: hostId);
        listing.Slug = $"draft-{listing.Id:N}";
        listing.Status = ListingStatus.Draft;
        await using var db = await graph.DatabaseAsync();
        db.Listings.Add(listing);
        await db.SaveChangesAsync();
        return listing;
    }

    /// <summary>A confirmed stay of two nights with its history, and no nights taken.</summary>
    public static async Task<Booking> StayedAsync(this TravelGraph graph, Listing listing, Guid guestId, int inDays, string? note = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var checkIn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(inDays);
        var stay = new StayRequest(checkIn, checkIn.AddDays(2), Guests: 1, note);
        var booking = Booking.Confirm(listing, guestId, stay, QuoteStay.For(listing, stay, now), now);
        await using var db = await graph.DatabaseAsync();
        db.Bookings.Add(booking);
        db.Timeline.Add(TimelineEntry.Of(booking.Id, "confirmed", guestId, reason: null, now));
        await db.SaveChangesAsync();
        return booking;
    }
}
