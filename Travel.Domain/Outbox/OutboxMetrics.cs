using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Outbox;

/// <summary>Whether what was promised is also told. Every process that relays reports the whole outbox, so take the highest, not the sum.</summary>
internal static class OutboxMetrics
{
    private static readonly Meter Meter = new("Travel.Outbox");

    private static readonly Counter<long> Published = Meter.CreateCounter<long>(
        "travel.outbox.published", "{message}", "Messages that the broker has confirmed to this process.");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "travel.outbox.refused", "{message}", "Messages that the broker would not take from this process: no queue wants them, or theirs is full.");

    private static readonly Gauge<long> Backlog = Meter.CreateGauge<long>(
        "travel.outbox.backlog", "{message}", "Messages in the outbox that are not published yet.");

    private static readonly Gauge<double> Lag = Meter.CreateGauge<double>(
        "travel.outbox.lag", "s", "How long the oldest message that is not published yet has been waiting; 0 when there is none.");

    public static void CountPublished(int messages) => Published.Add(messages);

    public static void CountRefused(int messages) => Refused.Add(messages);

    public static async Task MeasureAsync(TravelDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await db.Outbox.Where(row => row.PublishedAt == null)
            .GroupBy(_ => 1)
            .Select(rows => new { Count = rows.LongCount(), Oldest = rows.Min(row => row.CreatedAt) })
            .SingleOrDefaultAsync(cancellationToken);
        Backlog.Record(waiting?.Count ?? 0);
        Lag.Record(waiting is null ? 0 : Math.Max(0, (now - waiting.Oldest).TotalSeconds));
    }
}
