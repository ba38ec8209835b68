using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Travel.Domain.Caching;

/// <summary>One number of what caches did.</summary>
/// <param name="Counter">Name of the metric.</param>
/// <param name="Region">Empty where it is of none, and so is the level.</param>
public sealed record CacheCount(string Counter, string Region, string Level, long Value)
{
    private const char Between = '|';

    internal string Field => string.Join(Between, Counter, Region, Level);

    /// <returns>Null when it is of another version of Travel.</returns>
    internal static CacheCount? Of(string field, long value) => field.Split(Between) is [var counter, var region, var level] ? new(counter, region, level, value) : null;
}

/// <summary>Adds up what <see cref="CacheMetrics"/> counts in this process, until somebody writes it down.</summary>
internal sealed class CacheCounts : IDisposable
{
    private readonly ConcurrentDictionary<(string Counter, string Region, string Level), StrongBox<long>> counted = [];
    private readonly MeterListener listener = new();

    public CacheCounts()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument is Counter<long> && instrument.Meter.Name == CacheMetrics.MeterName)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var (region, level) = ("", "");
            foreach (var (name, text) in tags)
            {
                if (name == CacheMetrics.Region)
                {
                    region = (string)text!;
                }
                else if (name == CacheMetrics.Level)
                {
                    level = (string)text!;
                }
            }

            Add((instrument.Name, region, level), value);
        });
        listener.Start();
    }

    /// <summary>All since the last time, and nothing of it again.</summary>
    public IReadOnlyList<CacheCount> Take() =>
    [
        .. counted.Select(count => new CacheCount(count.Key.Counter, count.Key.Region, count.Key.Level, Interlocked.Exchange(ref count.Value.Value, 0)))
            .Where(count => count.Value > 0),
    ];

    /// <summary>What was taken and could not be written down is still to be.</summary>
    public void GiveBack(IEnumerable<CacheCount> counts)
    {
        foreach (var count in counts)
        {
            Add((count.Counter, count.Region, count.Level), count.Value);
        }
    }

    public void Dispose() => listener.Dispose();

    private void Add((string Counter, string Region, string Level) key, long value) =>
        Interlocked.Add(ref counted.GetOrAdd(key, _ => new StrongBox<long>()).Value, value);
}
