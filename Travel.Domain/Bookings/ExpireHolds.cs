using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;

namespace Travel.Domain.Bookings;

/// <summary>Ends holds whose time is over. Every turn at a listing begins with that; here one is taken where nobody else comes by.</summary>
public sealed class ExpireHolds(TravelDbContext db, ListingSweep sweep, TimeProvider clock)
{
    /// <returns>At how many listings there were some.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var listings = await db.Bookings
            .Where(booking => booking.Status == BookingStatus.Held && booking.HoldExpiresAt <= now)
            .Select(booking => booking.ListingId).Distinct().ToListAsync(cancellationToken);
        // Its turn has done it.
        return await sweep.RunAsync(listings, (_, _, _) => Task.FromResult(1), cancellationToken);
    }
}
