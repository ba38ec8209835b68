using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Travel.Domain.Messaging;

/// <summary>What went through one queue.</summary>
internal sealed record QueueCount(string Queue, long Published, long Taken, long Done, long Retried, long GivenUp);

/// <summary>Adds up what <see cref="QueueMetrics"/> counts in this process, until somebody writes it down.</summary>
internal sealed class QueueCounts : IDisposable
{
    private readonly ConcurrentDictionary<(string Queue, string Counter), StrongBox<long>> counted = [];
    private readonly MeterListener listener = new();

    public QueueCounts()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == QueueMetrics.MeterName)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, messages, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag is { Key: QueueMetrics.Queue, Value: string queue })
                {
                    Add(queue, instrument.Name, messages);
                }
            }
        });
        listener.Start();
    }

    /// <summary>All since the last time, and nothing of it again.</summary>
    public IReadOnlyList<QueueCount> Take() =>
    [
        .. counted.Keys.Select(key => key.Queue).Distinct(StringComparer.Ordinal)
            .Select(queue => new QueueCount(
                queue,
                Take(queue, QueueMetrics.PublishedName),
                Take(queue, QueueMetrics.TakenName),
                Take(queue, QueueMetrics.DoneName),
                Take(queue, QueueMetrics.RetriedName),
                Take(queue, QueueMetrics.GivenUpName)))
            .Where(count => count.Published + count.Taken + count.Done + count.Retried + count.GivenUp > 0),
    ];

    /// <summary>What was taken and could not be written down is still to be.</summary>
    public void GiveBack(IEnumerable<QueueCount> counts)
    {
        foreach (var count in counts)
        {
            Add(count.Queue, QueueMetrics.PublishedName, count.Published);
            Add(count.Queue, QueueMetrics.TakenName, count.Taken);
            Add(count.Queue, QueueMetrics.DoneName, count.Done);
            Add(count.Queue, QueueMetrics.RetriedName, count.Retried);
            Add(count.Queue, QueueMetrics.GivenUpName, count.GivenUp);
        }
    }

    public void Dispose() => listener.Dispose();

    private void Add(string queue, string counter, long messages) =>
        Interlocked.Add(ref counted.GetOrAdd((queue, counter), _ => new StrongBox<long>()).Value, messages);

    private long Take(string queue, string counter) => counted.TryGetValue((queue, counter), out var box) ? Interlocked.Exchange(ref box.Value, 0) : 0;
}
