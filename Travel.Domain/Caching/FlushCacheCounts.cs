using Microsoft.Extensions.Hosting;
using Travel.Domain.Messaging;

namespace Travel.Domain.Caching;

/// <summary>Writes down what this process has counted, every few seconds and once more at its end. What it cannot write down it keeps.</summary>
internal sealed class FlushCacheCounts(CacheCounts counts, CacheMinutes minutes, TimeProvider clock) : BackgroundService
{
    /// <summary>As often as an operator's page looks.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await FlushAsync();
        }
    }

    internal async Task FlushAsync()
    {
        if (counts.Take() is { Count: > 0 } taken && !await minutes.AddAsync(QueueMinute.Of(clock.GetUtcNow()), taken))
        {
            counts.GiveBack(taken);
        }
    }
}
