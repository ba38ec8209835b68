using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Travel.Domain.Messaging;

/// <summary>Writes down what this process has counted, every few seconds and once more at its end. What it cannot write down it keeps.</summary>
internal sealed partial class FlushQueueCounts(QueueCounts counts, IServiceScopeFactory scopes, TimeProvider clock, ILogger<FlushQueueCounts> logger)
    : BackgroundService
{
    /// <summary>As often as an operator's page looks.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var timeout = new CancellationTokenSource(Every, clock);
            await FlushAsync(timeout.Token);
        }
    }

    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (counts.Take() is not { Count: > 0 } taken)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TravelDbContext>();
        try
        {
            await AddAsync(db, QueueMinute.Of(clock.GetUtcNow()), taken, cancellationToken);
        }
        catch (Exception exception)
        {
            counts.GiveBack(taken);
            Log.NotWritten(logger, exception, Every);
        }
    }

    /// <summary>In the order of their names: processes that do it at the same time wait for each other, and never both.</summary>
    private static Task<int> AddAsync(TravelDbContext db, DateTimeOffset at, IReadOnlyList<QueueCount> taken, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO queue_minutes AS known (queue, at, published, taken, done, retried, given_up)
        SELECT counted.queue, {at}, counted.published, counted.taken, counted.done, counted.retried, counted.given_up
        FROM unnest(
            {taken.Select(count => count.Queue).ToArray()}, {taken.Select(count => count.Published).ToArray()}, {taken.Select(count => count.Taken).ToArray()},
            {taken.Select(count => count.Done).ToArray()}, {taken.Select(count => count.Retried).ToArray()}, {taken.Select(count => count.GivenUp).ToArray()})
            AS counted (queue, published, taken, done, retried, given_up)
        ORDER BY counted.queue
        ON CONFLICT (queue, at) DO UPDATE
        SET published = known.published + excluded.published, taken = known.taken + excluded.taken, done = known.done + excluded.done,
            retried = known.retried + excluded.retried, given_up = known.given_up + excluded.given_up
        """,
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What went through the queues could not be written down; trying again after {Pause}")]
        public static partial void NotWritten(ILogger logger, Exception exception, TimeSpan pause);
    }
}
