using Travel.Contracts.Operations;

namespace Travel.Web.Operations;

/// <summary>What is plotted of a queue.</summary>
internal static class QueuePlots
{
    public static Plot Depth(QueueHistoryResponse history, QueueHistory queue) => PlotOf(history, queue.Queue == QueueWords.Outbox
        ? [Line("To be published", queue.Points, point => point.Ready)]
        : [Line("Ready", queue.Points, point => point.Ready), Line("To be retried", queue.Points, point => point.Retrying), Line("Dead", queue.Points, point => point.Dead)]);

    public static Plot Flow(QueueHistoryResponse history, QueueHistory queue)
    {
        // What is counted is counted until the point is over; before, it would always seem to go down.
        var over = queue.Points.Where(point => point.At.AddMinutes(history.MinutesPerPoint) <= history.Until).ToList();
        return PlotOf(history, queue.Queue == QueueWords.Outbox
            ? [Line("Published", over, PerMinute(point => point.Done))]
            :
            [
                Line("Done", over, PerMinute(point => point.Done)), Line("In", over, PerMinute(point => point.Published)),
                Line("Failed or given up", over, PerMinute(point => point.Retried + point.GivenUp)),
            ]);

        Func<QueuePoint, double?> PerMinute(Func<QueuePoint, long> messages) => point => (double)messages(point) / history.MinutesPerPoint;
    }

    private static Plot PlotOf(QueueHistoryResponse history, IReadOnlyList<PlotLine> lines) =>
        new(history.Since, history.Until, TimeSpan.FromMinutes(history.MinutesPerPoint), lines);

    private static PlotLine Line(string label, IEnumerable<QueuePoint> points, Func<QueuePoint, double?> value) =>
        new(label, [.. points.Select(point => new PlotPoint(point.At, value(point)))]);
}
