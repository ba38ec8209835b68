using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Domain.Mail;

namespace Travel.Domain.Bookings;

/// <summary>
/// Tells hosts in the morning what the day brings, by the clock where most of their places are; those for whom there is nothing to say hear
/// nothing. A morning that was missed is made up for until noon.
/// </summary>
public sealed class SendHostDigests(TravelDbContext db, TellOnce tell, TimeProvider clock)
{
    private const int Batch = 200;

    private static readonly TimeOnly Morning = new(7, 0);
    private static readonly TimeOnly Noon = new(12, 0);

    /// <returns>How many hosts are told.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var mornings = (await db.Listings.Select(listing => listing.TimeZone).Distinct().ToListAsync(cancellationToken))
            .Select(zone => (Zone: zone, Local: TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime))
            .Where(place => TimeOnly.FromDateTime(place.Local) is var time && Morning <= time && time < Noon)
            .ToList();
        var zones = mornings.Select(place => place.Zone).ToArray();
        var days = mornings.Select(place => DateOnly.FromDateTime(place.Local)).ToArray();
        return await Batches.SumAsync(
            after => NextAsync(zones, days, after, cancellationToken),
            host => host.HostId,
            async hosts => await tell.ExecuteAsync(
                ReminderKind.HostDigest, [.. (await HostDigests.ReadAsync(db, hosts, now, cancellationToken)).Select(DueOf)], cancellationToken));
    }

    /// <summary>Looked at once a morning, whether there is something to say or not.</summary>
    private static Due<HostDigestDue> DueOf(HostDigest digest)
    {
        var (host, day, zone) = digest.Morning;
        return new(host, day, digest.SaysSomething ? new HostDigestDue(host, day, zone) : null);
    }

    private Task<List<HostMorning>> NextAsync(string[] zones, DateOnly[] days, Guid after, CancellationToken cancellationToken) => db.Database.SqlQuery<HostMorning>(
        $"""
        SELECT host.id AS "HostId", morning.day AS "Day", morning.time_zone AS "TimeZone"
        FROM (SELECT host_id AS id, mode() WITHIN GROUP (ORDER BY time_zone) AS time_zone FROM listings WHERE status <> 'Draft' GROUP BY host_id) host
        JOIN unnest({zones}, {days}) AS morning (time_zone, day) ON morning.time_zone = host.time_zone
        WHERE host.id > {after}
            AND NOT EXISTS (SELECT FROM reminders r WHERE r.kind = 'HostDigest' AND r.about_id = host.id AND r.for_on = morning.day)
        ORDER BY host.id LIMIT {Batch}
        """).ToListAsync(cancellationToken);
}
