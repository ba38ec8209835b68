using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
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

    /// <summary>What only the host of a listing sees: nights closed for <paramref name="note"/>, and a calendar elsewhere at <paramref name="url"/>.</summary>
    public static async Task KeepAsync(this TravelGraph graph, Listing listing, string note, string url)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await graph.DatabaseAsync();
        db.HostBlocks.Add(new HostBlock
        {
            Id = Guid.CreateVersion7(now), ListingId = listing.Id, FromOn = new(2030, 1, 1), ToOn = new(2030, 1, 3), Note = note, CreatedAt = now,
        });
        db.CalendarImports.Add(new CalendarImport
        {
            Id = Guid.CreateVersion7(now), ListingId = listing.Id, Name = "Elsewhere", Url = url, CreatedAt = now, DueAt = now.AddYears(10), Notes = [],
        });
        await db.SaveChangesAsync();
    }

    /// <summary>A confirmed stay of two nights with its history, and no nights taken.</summary>
    public static async Task<Booking> StayedAsync(this TravelGraph graph, Listing listing, Guid guestId, int inDays, string? note = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var checkIn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(inDays);
        var stay = new StayRequest(checkIn, checkIn.AddDays(2), Guests: 1, note);
        var booking = Booking.Confirmed(NewBooking.At(listing, guestId, stay, now), now);
        await using var db = await graph.DatabaseAsync();
        db.Bookings.Add(booking);
        await db.SaveChangesAsync();
        return booking;
    }
}
