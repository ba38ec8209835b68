using Travel.Contracts.Operations;

namespace Travel.Web.Operations;

/// <summary>What is plotted of the cache, a minute each.</summary>
internal static class CachePlots
{
    public static Plot LookUps(CacheHistoryResponse history) => PlotOf(
        history, ("In memory", point => point.MemoryHits), ("In Redis", point => point.RedisHits), ("Nowhere", point => point.Misses));

    public static Plot Work(CacheHistoryResponse history) => PlotOf(
        history, ("Results computed", point => point.Computations), ("Tags changed", point => point.Invalidations), ("Evicted, or Redis was late", point => point.Evictions + point.RedisErrors));

    private static Plot PlotOf(CacheHistoryResponse history, params (string Label, Func<CachePoint, long> Value)[] lines)
    {
        // What is counted is counted until the point is over; before, it would always seem to go down.
        var over = history.Points.Where(point => point.At.AddMinutes(history.MinutesPerPoint) <= history.Until).ToList();
        return new Plot(
            history.Since,
            history.Until,
            TimeSpan.FromMinutes(history.MinutesPerPoint),
            [.. lines.Select(line => new PlotLine(line.Label, [.. over.Select(point => new PlotPoint(point.At, (double)line.Value(point) / history.MinutesPerPoint))]))]);
    }
}
