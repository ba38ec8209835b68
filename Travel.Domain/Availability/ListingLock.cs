using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Domain.Bookings;

namespace Travel.Domain.Availability;

public static class ListingLock
{
    /// <summary>
    /// Makes whoever wants to change nights or bookings of this listing wait for their turn, until the transaction ends; then ends what
    /// has lost its time. docs/inventory.md says why, and in which order locks are taken.
    /// </summary>
    /// <returns>The instant for which everything in this turn is to be decided, read after the wait.</returns>
    /// <remarks>
    /// Waiting is bounded: after <c>lock_timeout</c> the execution strategy takes the whole transaction anew, a few times. A holder
    /// that hangs is cut off by <c>idle_in_transaction_session_timeout</c>.
    /// </remarks>
    public static async Task<DateTimeOffset> LockListingAsync(
        this TravelDbContext db, Guid listingId, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (_, firstLapse) = await db.AskAsync(results => ReadAsync(results, cancellationToken), cancellationToken, Questions(listingId, onlyIf: $"true"));
        var now = clock.GetUtcNow();
        if (firstLapse <= now)
        {
            await StaleHolds.ExpireAsync(db, listingId, now, cancellationToken);
        }

        return now;
    }

    /// <summary>What takes the lock and asks when something here loses its time first; to be read by <see cref="ReadAsync"/>.</summary>
    internal static FormattableString[] Questions(Guid listingId, FormattableString onlyIf) =>
    [
        $"SELECT set_config('lock_timeout', '2s', true), set_config('idle_in_transaction_session_timeout', '10s', true)",
        $"SELECT pg_advisory_xact_lock(hashtextextended('listing:' || {listingId}::text, 0)) WHERE {onlyIf}",
        $"""
        SELECT least(
            (SELECT min(hold_expires_at) FROM bookings WHERE listing_id = {listingId} AND status = 'Held'),
            (SELECT min(expires_at) FROM booking_changes WHERE listing_id = {listingId} AND status = 'Pending'))
        """,
    ];

    /// <returns>Whether the lock was to be taken, and is.</returns>
    internal static async Task<(bool IsTaken, DateTimeOffset? FirstLapse)> ReadAsync(NpgsqlDataReader results, CancellationToken cancellationToken)
    {
        await results.NextResultAsync(cancellationToken);
        var isTaken = await results.ReadAsync(cancellationToken);
        await results.NextResultAsync(cancellationToken);
        return (isTaken, (await results.RowsAsync(row => row.GetFieldValue<DateTimeOffset?>(0), cancellationToken))[0]);
    }

    /// <summary>All listings of a host, in one order, each waited for no longer than <see cref="LockListingAsync"/> waits for one.</summary>
    public static Task LockListingsOfAsync(this TravelDbContext db, Guid hostId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            SET LOCAL lock_timeout = '2s';
            SET LOCAL idle_in_transaction_session_timeout = '10s';
            SELECT pg_advisory_xact_lock(hashtextextended('listing:' || id::text, 0)) FROM listings WHERE host_id = {hostId} ORDER BY id;
            """,
            cancellationToken);
}
