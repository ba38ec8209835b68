using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Availability;

public static class ListingLock
{
    /// <summary>
    /// Makes whoever wants nights of this listing wait for their turn, until the transaction ends. The exclusion constraint alone
    /// would be right too, but two transactions that wait for each other's nights are a deadlock to it.
    /// </summary>
    public static Task LockListingAsync(this TravelDbContext db, Guid listingId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('listing:' || {listingId}::text, 0))", cancellationToken);

    /// <summary>All listings of a host, in one order, as <see cref="LockListingAsync"/> does one.</summary>
    public static Task LockListingsOfAsync(this TravelDbContext db, Guid hostId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended('listing:' || id::text, 0)) FROM listings WHERE host_id = {hostId} ORDER BY id", cancellationToken);
}
