using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Availability;

public static class FreeNights
{
    /// <summary>Whether all nights are free for this owner now. A true answer holds for as long as the caller holds the listing's lock.</summary>
    public static async Task<bool> AreFreeAsync(
        this DbSet<Occupancy> occupancies, Guid owner, Guid listingId, DateOnly checkIn, DateOnly checkOut, CancellationToken cancellationToken) =>
        !await occupancies.Taking(listingId, checkIn, checkOut).AnyAsync(taken => taken.OwnerId != owner, cancellationToken);

    /// <summary>What takes any of the nights.</summary>
    internal static IQueryable<Occupancy> Taking(this IQueryable<Occupancy> occupancies, Guid listingId, DateOnly checkIn, DateOnly checkOut)
    {
        var nights = Occupancy.Nights(checkIn, checkOut);
        return occupancies.Where(taken => taken.ListingId == listingId && taken.Active && taken.Stay.Overlaps(nights));
    }
}
