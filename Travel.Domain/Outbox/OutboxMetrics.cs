using System.Diagnostics.Metrics;

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
        var backlog = await OutboxBacklog.MeasureAsync(db, now, cancellationToken);
        Backlog.Record(backlog.Messages);
        Lag.Record(backlog.Lag.TotalSeconds);
    }
}
