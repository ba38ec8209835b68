using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Domain;

namespace Travel.Tests.Fixtures;

/// <summary>Somebody else has their turn at a listing, until this is disposed of.</summary>
internal sealed class HeldListing : IAsyncDisposable
{
    private readonly TravelDbContext db;
    private readonly NpgsqlConnection holder;

    private HeldListing(TravelDbContext db, NpgsqlConnection holder) => (this.db, this.holder) = (db, holder);

    public static Task<HeldListing> TakeAsync(TravelDbContext db, Guid listingId) =>
        TakeAsync(db, listingId, new NpgsqlConnection(db.Database.GetConnectionString()));

    public static async Task<HeldListing> TakeAsync(TravelDbContext db, Guid listingId, NpgsqlConnection connection)
    {
        await connection.OpenAsync();
        await using var take = new NpgsqlCommand($"BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('listing:{listingId}', 0))", connection);
        await take.ExecuteNonQueryAsync();
        return new HeldListing(db, connection);
    }

    /// <summary>The backend of whoever waits for the listing.</summary>
    public async Task<int> WaitingAsync(TimeSpan? atMost = null) => (await Eventually.GetAsync(
        () => db.Database.SqlQuery<int>(
            $"""
            SELECT l.pid AS "Value" FROM pg_locks l JOIN pg_locks held ON (l.classid, l.objid) = (held.classid, held.objid)
            WHERE l.locktype = 'advisory' AND NOT l.granted AND held.granted AND held.pid = {holder.ProcessID}
            """).ToListAsync(),
        pids => pids.Count > 0,
        atMost ?? TimeSpan.FromSeconds(5),
        "Somebody who waits for the listing's lock"))[0];

    public ValueTask DisposeAsync() => holder.DisposeAsync();
}
