using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Bookings;

/// <summary>Lets changes that were not paid in time fall back to the old stay, as <see cref="ExpireHolds"/> does with holds.</summary>
public sealed class ExpireChanges(TravelDbContext db, ListingSweep sweep, TimeProvider clock)
{
    /// <returns>At how many listings there were some.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var listings = await db.BookingChanges
            .Where(change => change.Status == BookingChangeStatus.Pending && change.ExpiresAt <= now)
            .Select(change => change.ListingId).Distinct().ToListAsync(cancellationToken);
        // Its turn has done it.
        return await sweep.RunAsync(listings, (_, _, _) => Task.FromResult(1), cancellationToken);
    }
}
