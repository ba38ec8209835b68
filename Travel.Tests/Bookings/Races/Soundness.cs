using Microsoft.EntityFrameworkCore;
using Travel.Domain;
using Travel.Domain.Availability.Importing;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings.Races;

internal static class Soundness
{
    /// <summary>What must be true of the database after everybody has done what they wanted.</summary>
    public static async Task ShouldBeSoundAsync(this BookingHouse house, RaceRecord record)
    {
        (await house.CountAsync(
            """
            SELECT count(*) AS "Value" FROM occupancies a JOIN occupancies b
            ON a.listing_id = b.listing_id AND a.owner_id < b.owner_id AND a.active AND b.active AND a.stay && b.stay
            """)).ShouldBe(0, "nights of two owners");

        await house.ShouldHaveSettledImportsAsync();

        var bookings = await house.AskAsync(db => db.Bookings.Select(booking => booking.Id).ToListAsync());
        bookings.ShouldBe(record.Booked.Keys, ignoreOrder: true, "bookings that were answered and bookings that are there");

        // As many lines of one stay, exactly its nights, as a booking in this state has; and of a pending change the same.
        (await house.CountAsync(
            """
            SELECT count(*) AS "Value" FROM bookings b
            WHERE (SELECT coalesce(array_agg(o.stay ORDER BY o.stay), '{{}}') FROM occupancies o WHERE o.owner_id = b.id AND o.active)
                IS DISTINCT FROM (
                    SELECT coalesce(array_agg(stay ORDER BY stay), '{{}}') FROM (
                        SELECT daterange(b.check_in_on, b.check_out_on) AS stay WHERE b.status IN ('Held', 'Confirmed', 'Completed')
                        UNION ALL
                        SELECT daterange(c.check_in_on, c.check_out_on) FROM booking_changes c WHERE c.booking_id = b.id AND c.status = 'Pending') AS due)
            """)).ShouldBe(0, "bookings whose nights are not those they should have");

        (await house.CountAsync(
            """
            SELECT count(*) AS "Value" FROM booking_changes c JOIN occupancies o ON o.id = c.occupancy_id
            WHERE (o.owner_id, o.stay) <> (c.booking_id, daterange(c.check_in_on, c.check_out_on)) OR (c.status = 'Pending' AND NOT o.active)
            """)).ShouldBe(0, "changes that have other nights than they should, or wait for their payment without them");

        var owners = await house.AskAsync(db => db.Occupancies
            .Where(nights => nights.Active && !db.CalendarImports.Any(import => import.Id == nights.OwnerId))
            .Select(nights => nights.OwnerId).Distinct().ToListAsync());
        owners.Except(bookings).ShouldBe(record.Blocks.Keys.Concat(record.Strays.Keys), ignoreOrder: true, "blocks that were answered and blocks that are there");

        (await house.CountAsync(
            """
            SELECT count(*) AS "Value" FROM bookings b WHERE b.version <> (SELECT count(*) FROM booking_timeline t WHERE t.booking_id = b.id)
            """)).ShouldBe(0, "bookings that were moved without a line in their history");

        (await house.CountAsync(
            """
            SELECT count(*) AS "Value" FROM bookings b
            LEFT JOIN (
                SELECT (body::jsonb ->> 'bookingId')::uuid AS booking_id, routing_key, count(*) AS told FROM outbox_messages GROUP BY 1, 2) m
            ON m.booking_id = b.id AND m.routing_key = 'booking.' || lower(b.status)
            WHERE b.status IN ('Cancelled', 'Expired', 'Declined') AND m.told IS DISTINCT FROM 1
            """)).ShouldBe(0, "endings that were told not at all or twice");
    }

    /// <summary>
    /// Every turn leaves the imports settled, so they are before anybody settles them once more, and that changes nothing.
    /// </summary>
    private static async Task ShouldHaveSettledImportsAsync(this BookingHouse house)
    {
        (await house.CountAsync(
            """
            SELECT count(*) AS "Value" FROM occupancies a JOIN occupancies b ON a.owner_id = b.owner_id AND a.id < b.id AND a.stay && b.stay
            JOIN calendar_imports i ON i.id = a.owner_id
            """)).ShouldBe(0, "nights that an import has twice");
        (await house.CountAsync(
            """
            SELECT count(*) AS "Value" FROM calendar_imports i JOIN imported_events e ON e.import_id = i.id
            CROSS JOIN generate_series(0, e.to_on - e.from_on - 1) n
            WHERE NOT EXISTS (SELECT 1 FROM occupancies o WHERE o.listing_id = i.listing_id AND o.active AND o.stay @> e.from_on + n)
            """)).ShouldBe(0, "nights that an import wants and nobody has");
        (await house.CountAsync(
            """
            SELECT count(*) AS "Value" FROM occupancies o JOIN calendar_imports i ON i.id = o.owner_id
            CROSS JOIN generate_series(0, upper(o.stay) - lower(o.stay) - 1) n
            WHERE NOT EXISTS (SELECT 1 FROM imported_events e WHERE e.import_id = i.id AND e.from_on <= lower(o.stay) + n AND e.to_on > lower(o.stay) + n)
            """)).ShouldBe(0, "nights that an import has and does not want");

        var before = await ImportedAsync();
        foreach (var listing in await house.AskAsync(db => db.CalendarImports.Select(import => import.ListingId).Distinct().ToListAsync()))
        {
            await house.AskAsync(db => db.InTransactionAsync(
                async token =>
                {
                    await db.SettleImportsAsync(listing, house.Clock.Now, token);
                    return true;
                },
                CancellationToken.None));
        }

        (await ImportedAsync()).ShouldBe(before, ignoreOrder: true, "nights of imports");

        Task<List<Guid>> ImportedAsync() => house.AskAsync(db => db.Occupancies
            .Where(nights => db.CalendarImports.Any(import => import.Id == nights.OwnerId)).Select(nights => nights.Id).ToListAsync());
    }

    /// <summary>How often the database took back what had been begun: turns taken anew, and what was refused to those who write without the lock.</summary>
    public static async Task<long> TakenAnewAsync(this BookingHouse house) =>
        await house.CountAsync("SELECT xact_rollback AS \"Value\" FROM pg_stat_database WHERE datname = current_database()");

    private static Task<long> CountAsync(this BookingHouse house, string sql) =>
        house.AskAsync(db => db.Database.SqlQueryRaw<long>(sql).SingleAsync());
}
