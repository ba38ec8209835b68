using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Domain.Availability;

namespace Travel.Domain.Bookings;

/// <summary>Ends holds whose time is over. Taking a listing's lock does that; here it is taken where nobody else comes by.</summary>
public sealed class ExpireHolds(TravelDbContext db, ListingSweep sweep, TimeProvider clock)
{
    /// <returns>At how many listings there were some.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var listings = await db.Bookings
            .Where(booking => booking.Status == BookingStatus.Held && booking.HoldExpiresAt <= now)
            .Select(booking => booking.ListingId).Distinct().ToListAsync(cancellationToken);
        return await sweep.RunAsync(listings, TakeLockAsync, cancellationToken);
    }

    private async Task<int> TakeLockAsync(Guid listingId, CancellationToken cancellationToken)
    {
        await db.LockListingAsync(listingId, clock, cancellationToken);
        return 1;
    }
}
