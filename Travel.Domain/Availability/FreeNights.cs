using Microsoft.EntityFrameworkCore;

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
}
