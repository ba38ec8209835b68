using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Domain;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Seeding;

[Collection(DatabaseServer.Collection)]
public sealed class SeedDemoDataTests(DatabaseServer server, SeededDatabase seeded) : IClassFixture<SeededDatabase>
{
    private static readonly string[] Tables = ["users", "listings", "listing_seasons", "bookings", "booking_timeline", "occupancies", "payments", "ledger_entries", "reviews", "demo_data"];

    /// <summary>What a stay costs depends on how many of its nights are weekend nights.</summary>
    private const int WholeWeeks = 71 * 7;

    [Fact]
    public async Task Seeding_again_changes_nothing_not_even_weeks_later()
    {
        var before = await RowsAsync(seeded.Db);

        await SeededDatabase.SeedAsync(seeded.Db, SeededDatabase.SeededAt);
        await SeededDatabase.SeedAsync(seeded.Db, SeededDatabase.SeededAt.AddDays(40));

        (await RowsAsync(seeded.Db)).ShouldBe(before);
        before.ShouldAllBe(table => table.Value.Length > 0);
    }

    [Fact]
    public async Task Two_databases_seeded_on_different_days_differ_in_their_dates_alone()
    {
        await using var other = await SeededDatabase.EmptyAsync(server, "seeded_later");
        try
        {
            await SeededDatabase.SeedAsync(other, SeededDatabase.SeededAt.AddDays(WholeWeeks));

            (await TimelessAsync(other)).ShouldBe(await TimelessAsync(seeded.Db));
        }
        finally
        {
            await other.Database.EnsureDeletedAsync();
        }
    }

    [Fact]
    public async Task What_breaks_off_leaves_nothing_behind_and_is_completed_by_the_next_seed_around_what_was_there()
    {
        await using var db = await SeededDatabase.EmptyAsync(server, "seeded_twice");
        try
        {
            // Rows of the demo data that were there first, with a stay of their own.
            var older = await CopySomeOfAsync(seeded.Db, db);
            await db.Database.ExecuteSqlAsync($"ALTER TABLE reviews RENAME TO not_yet");
            await Should.ThrowAsync<PostgresException>(() => SeededDatabase.SeedAsync(db, SeededDatabase.SeededAt));
            var left = await RowsAsync(db, "users", "listings", "bookings", "occupancies", "demo_data");
            await db.Database.ExecuteSqlAsync($"ALTER TABLE not_yet RENAME TO reviews");

            await SeededDatabase.SeedAsync(db, SeededDatabase.SeededAt);

            left.ShouldBe(older);
            (await db.Users.CountAsync()).ShouldBe(await seeded.Db.Users.CountAsync());
            (await db.Listings.CountAsync()).ShouldBe(2000);
            (await db.Bookings.CountAsync()).ShouldBeInRange(20_000 - 30, 20_000);
            (await db.Bookings.AnyAsync(booking => booking.Reference == "OLDERONE")).ShouldBeTrue();
        }
        finally
        {
            await db.Database.EnsureDeletedAsync();
        }
    }

    /// <summary>A host, a guest, a listing and a stay there that takes all of last year.</summary>
    private static async Task<Dictionary<string, string>> CopySomeOfAsync(TravelDbContext from, TravelDbContext to)
    {
        var stay = await from.Bookings.AsNoTracking().Include(booking => booking.Listing).ThenInclude(listing => listing!.Host)
            .Include(booking => booking.Guest).FirstAsync(booking => booking.Listing!.ReviewCount > 3);
        stay.Listing!.Host!.DisplayName = "Was here before";
        to.Add(stay);
        to.Add(Domain.Availability.Occupancy.For(stay.Id, stay.ListingId, new DateOnly(2025, 6, 15), new DateOnly(2026, 6, 15), stay.CreatedAt));
        await to.SaveChangesAsync();
        await to.Database.ExecuteSqlAsync($"UPDATE bookings SET id = gen_random_uuid(), reference = 'OLDERONE'");
        to.ChangeTracker.Clear();
        return await RowsAsync(to, "users", "listings", "bookings", "occupancies", "demo_data");
    }

    /// <summary>Every row, and which transaction wrote it.</summary>
    private static async Task<Dictionary<string, string>> RowsAsync(TravelDbContext db, params string[] tables) =>
        await SumsAsync(db, tables.Length > 0 ? tables : Tables, "r.xmin::text || to_jsonb(r)::text");

    /// <summary>Every row without its instants and without the time that begins its ids; stays count from the anchor.</summary>
    private static Task<Dictionary<string, string>> TimelessAsync(TravelDbContext db) => SumsAsync(
        db,
        Tables,
        """
        regexp_replace(
            (to_jsonb(r) - '{created_at,at,settled_at,replied_at,loaded_at,anchor_on,password_hash,security_stamp,concurrency_stamp,unsubscribe_token,check_in_on,check_out_on,stay,published_at,from_on,to_on}'::text[]
                #- '{quote,validUntil}')::text,
            '[0-9a-f]{8}-[0-9a-f]{4}-(7[0-9a-f]{3}-)', '\1', 'g')
        || coalesce(((to_jsonb(r) ->> 'check_in_on')::date - (SELECT anchor_on FROM demo_data))::text, '')
        || coalesce(((to_jsonb(r) ->> 'check_out_on')::date - (SELECT anchor_on FROM demo_data))::text, '')
        """);

    private static async Task<Dictionary<string, string>> SumsAsync(TravelDbContext db, IEnumerable<string> tables, string text)
    {
        var sums = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var connection = new NpgsqlConnection(db.Database.GetConnectionString());
        await connection.OpenAsync();
        foreach (var table in tables)
        {
            await using var command = new NpgsqlCommand(
                $"SELECT count(*) || ' ' || md5(string_agg(line, chr(10) ORDER BY line)) FROM (SELECT {text} AS line FROM {table} AS r) AS lines", connection);
            sums[table] = await command.ExecuteScalarAsync() as string ?? "";
        }

        return sums;
    }
}
