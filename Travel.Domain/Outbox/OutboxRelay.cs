using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Travel.Domain.Messaging;

namespace Travel.Domain.Outbox;

/// <summary>
/// Puts outbox rows on the bus: at once what this process has written, and now and then what another left that died. A few lanes work side by
/// side when there is much to tell.
/// </summary>
internal sealed partial class OutboxRelay(
    IServiceScopeFactory scopes,
    Broker broker,
    OutboxSignal signal,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    /// <summary>For a batch that is under way when the process is to stop: what is published and not noted would be published again.</summary>
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(5);

    private readonly OutboxOptions options = options.Value;

    /// <summary>Wakes the lanes beside the first. That one publishes alone until a batch is full, so that what is written meanwhile is its next batch.</summary>
    private readonly OutboxSignal rush = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var finishing = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() => finishing.CancelAfter(FinishWithin));
        var lanes = Enumerable.Range(0, options.Lanes).Select(lane => RelayAsync(isFirst: lane == 0, finishing.Token, stoppingToken));
        await Task.WhenAll([MeasureAsync(stoppingToken), .. lanes]);
    }

    /// <summary>Now and then each lane also looks for rows that nobody has told of in time: their process has died, or its first lane waits for a confirm.</summary>
    /// <param name="isFirst">This lane hears of each commit.</param>
    private async Task RelayAsync(bool isFirst, CancellationToken finishing, CancellationToken stoppingToken)
    {
        await using var publisher = new OutboxPublisher(broker);
        var size = new BatchSize(options.SmallestBatch, options.LargestBatch);
        var failures = 0;
        var woken = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What is younger is in the hands of the process that wrote it, as long as that lives.
                var writtenBy = woken || failures > 0 ? DateTimeOffset.MaxValue : clock.GetUtcNow() - options.SweepEvery;
                await PublishAllAsync(publisher, size, writtenBy, finishing, stoppingToken);
                failures = 0;
                woken = await (isFirst ? signal : rush).WaitAsync(options.SweepEvery, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Asked to stop.
            }
            catch (Exception exception)
            {
                var pause = BackOff.After(++failures, options.RetryAfter, options.RetryAtMostAfter);
                Log.WillTryAgain(logger, exception, pause);
                // Whoever writes meanwhile need not wake it: the broker is not there sooner for that.
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task PublishAllAsync(
        OutboxPublisher publisher, BatchSize size, DateTimeOffset writtenBy, CancellationToken finishing, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await using var scope = scopes.CreateAsyncScope();
            var claimed = await scope.ServiceProvider.GetRequiredService<PublishBatch>().ExecuteAsync(publisher, size.Current, writtenBy, finishing);
            if (claimed < size.Current)
            {
                size.Shrink();
                return;
            }

            size.Grow();
            // There is enough for another lane.
            rush.Wake();
        }
    }

    /// <summary>Beside the lanes: what waits is of interest above all when they do not get on.</summary>
    private async Task MeasureAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await OutboxMetrics.MeasureAsync(scope.ServiceProvider.GetRequiredService<TravelDbContext>(), clock.GetUtcNow(), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.NotMeasured(logger, exception);
            }

            await Task.Delay(options.SweepEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "How much is in the outbox could not be measured")]
        public static partial void NotMeasured(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The outbox could not be published and will be tried again after {Pause}")]
        public static partial void WillTryAgain(ILogger logger, Exception exception, TimeSpan pause);
    }
}
