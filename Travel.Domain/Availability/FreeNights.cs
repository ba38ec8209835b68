using Microsoft.EntityFrameworkCore;
using Travel.Domain.Listings;

namespace Travel.Domain.Availability;

public static class FreeNights
{
    /// <summary>Whether all nights are free for this owner now. A true answer holds for as long as the caller holds the listing's lock.</summary>
    public static async Task<bool> AreFreeAsync(
        this DbSet<Occupancy> occupancies, Guid owner, Guid listingId, DateOnly checkIn, DateOnly checkOut, CancellationToken cancellationToken)
    {
        var nights = Occupancy.Nights(checkIn, checkOut);
        return !await occupancies.AnyAsync(
            taken => taken.ListingId == listingId && taken.OwnerId != owner && taken.Active && taken.Stay.Overlaps(nights), cancellationToken);
    }

    /// <summary>The listings that have every night of the stay free.</summary>
    public static IQueryable<Listing> FreeBetween(this IQueryable<Listing> listings, TravelDbContext db, DateOnly checkIn, DateOnly checkOut)
    {
        var nights = Occupancy.Nights(checkIn, checkOut);
        return listings.Where(listing => !db.Occupancies.Any(taken => taken.ListingId == listing.Id && taken.Active && taken.Stay.Overlaps(nights)));
    }
}
