using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Messaging;

namespace Travel.Api.Operations;

internal static class QueueReads
{
    public static readonly TimeSpan RateOver = TimeSpan.FromMinutes(5);

    /// <summary>As many as a plot can show side by side.</summary>
    private const int MostPoints = 180;

    /// <returns>By queue, what went through it in the last whole minutes: the one that is running is not over.</returns>
    public static Task<Dictionary<string, Flow>> RatesAsync(TravelDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = QueueMinute.Of(now);
        var since = until - RateOver;
        return db.QueueMinutes.Where(minute => minute.At >= since && minute.At < until)
            .GroupBy(minute => minute.Queue)
            .Select(minutes => new
            {
                Queue = minutes.Key,
                Flow = new Flow(
                    minutes.Sum(minute => minute.Published), minutes.Sum(minute => minute.Taken), minutes.Sum(minute => minute.Done),
                    minutes.Sum(minute => minute.Retried), minutes.Sum(minute => minute.GivenUp)),
            })
            .ToDictionaryAsync(minutes => minutes.Queue, minutes => minutes.Flow, StringComparer.Ordinal, cancellationToken);
    }

    /// <summary>
    /// The workers as Quartz knows them, each of which says every few seconds that it lives. Its instants are ticks, its spans milliseconds;
    /// who is silent for twice its span is dead, and forgotten when another has taken over what it was running.
    /// </summary>
    public static async Task<IReadOnlyList<WorkerResponse>> WorkersAsync(TravelDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<WorkerRow>(
            $"""SELECT instance_name AS "Name", last_checkin_time AS "Ticks", checkin_interval AS "Milliseconds" FROM qrtz_scheduler_state ORDER BY instance_name""")
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row =>
        {
            var seen = new DateTimeOffset(row.Ticks, TimeSpan.Zero);
            return new WorkerResponse(row.Name, seen, now - seen <= 2 * TimeSpan.FromMilliseconds(row.Milliseconds));
        });
    }

    public static async Task<QueueHistoryResponse> HistoryAsync(TravelDbContext db, DateTimeOffset now, int hours, CancellationToken cancellationToken)
    {
        var step = (int)Math.Ceiling(hours * 60.0 / MostPoints);
        var since = QueueMinute.Of(now) - TimeSpan.FromHours(hours);
        var rows = await db.Database.SqlQuery<PointRow>(
            $"""
            SELECT queue AS "Queue", date_bin(make_interval(mins => {step}), at, {since}) AS "At",
                max(ready) AS "Ready", max(retrying) AS "Retrying", max(dead) AS "Dead", max(consumers) AS "Consumers",
                sum(published)::bigint AS "Published", sum(taken)::bigint AS "Taken", sum(done)::bigint AS "Done",
                sum(retried)::bigint AS "Retried", sum(given_up)::bigint AS "GivenUp"
            FROM queue_minutes WHERE at >= {since} GROUP BY 1, 2 ORDER BY 1, 2
            """).ToListAsync(cancellationToken);
        var points = rows.ToLookup(row => row.Queue, row => row.ToPoint(), StringComparer.Ordinal);
        return new QueueHistoryResponse(since, now, step, [.. Topology.QueueNames.Append(QueueMinute.Outbox).Select(queue => new QueueHistory(queue, [.. points[queue]]))]);
    }

    internal sealed record Flow(long Published, long Taken, long Done, long Retried, long GivenUp);

    private sealed record WorkerRow(string Name, long Ticks, long Milliseconds);

    private sealed record PointRow(
        string Queue,
        DateTimeOffset At,
        long? Ready,
        long? Retrying,
        long? Dead,
        long? Consumers,
        long Published,
        long Taken,
        long Done,
        long Retried,
        long GivenUp)
    {
        public QueuePoint ToPoint() => new(At, Ready, Retrying, Dead, Consumers, Published, Taken, Done, Retried, GivenUp);
    }
}
