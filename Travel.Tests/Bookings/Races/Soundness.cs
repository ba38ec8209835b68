using Microsoft.EntityFrameworkCore;
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

        var owners = await house.AskAsync(db => db.Occupancies.Where(nights => nights.Active).Select(nights => nights.OwnerId).Distinct().ToListAsync());
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

    private static Task<long> CountAsync(this BookingHouse house, string sql) =>
        house.AskAsync(db => db.Database.SqlQueryRaw<long>(sql).SingleAsync());
}
