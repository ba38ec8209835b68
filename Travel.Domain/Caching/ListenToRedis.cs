using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Travel.Domain.Caching;

/// <summary>
/// Hears over Redis what other processes have changed, and makes sure that it does: it speaks to itself all the time, over the same server, and counts
/// what comes back. Begins an epoch whenever nobody can know what was missed.
/// </summary>
internal sealed partial class ListenToRedis(
    RedisLevel redis,
    KnownTags known,
    Hearing hearing,
    TaggedCache cache,
    IOptions<CachingOptions> options,
    TimeProvider clock,
    ILogger<ListenToRedis> logger) : BackgroundService
{
    private readonly RedisChannel touched = new(redis.Names.Touched, RedisChannel.PatternMode.Literal);
    private readonly RedisChannel echo = new(redis.Names.Echo(Guid.NewGuid()), RedisChannel.PatternMode.Literal);
    private bool isSubscribed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (redis.Connection is not { } connection)
        {
            return;
        }

        connection.ConnectionFailed += Broken;
        connection.ConnectionRestored += Mended;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await ListenAsync(connection);
                CacheMetrics.Measure(cache);
                await Task.Delay(options.Value.ListenEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            connection.ConnectionFailed -= Broken;
            connection.ConnectionRestored -= Mended;
        }
    }

    private async Task ListenAsync(IConnectionMultiplexer connection)
    {
        try
        {
            if (!isSubscribed && connection.IsConnected)
            {
                // From then on the client subscribes again by itself after each break.
                await connection.GetSubscriber().SubscribeAsync(touched, (_, names) => Hear(names)).WaitAsync(options.Value.DeafAfter, clock);
                await connection.GetSubscriber().SubscribeAsync(echo, (_, word) => hearing.Heard((long)word)).WaitAsync(options.Value.DeafAfter, clock);
                isSubscribed = true;
            }

            if (isSubscribed)
            {
                var word = hearing.Speak();
                await redis.TryAsync<object>(async database => await database.PublishAsync(echo, word));
            }

            if (!hearing.HasJoined)
            {
                await JoinAsync();
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            Log.Deaf(logger, exception, options.Value.ListenEvery);
        }
    }

    /// <summary>Whatever is in Redis from before may have missed a change: a new epoch, of which all others hear too.</summary>
    private async Task JoinAsync()
    {
        var begun = hearing.BeginJoin();
        if (await redis.TouchAsync(Guid.NewGuid(), [CacheTags.Everything]))
        {
            known.ForgetAll();
            hearing.Join(begun);
            Log.Joined(logger);
        }
    }

    private void Hear(RedisValue names)
    {
        var told = ((string?)names ?? "").Split('\n');
        known.Forget(told);
        CacheMetrics.Invalidated(told.Length);
    }

    private void Broken(object? sender, ConnectionFailedEventArgs broken) => hearing.Doubt(leave: broken.ConnectionType == ConnectionType.Interactive);

    private void Mended(object? sender, ConnectionFailedEventArgs mended) => hearing.Doubt(leave: mended.ConnectionType == ConnectionType.Interactive);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Changes cannot be heard over Redis; trying again after {Pause}")]
        public static partial void Deaf(ILogger logger, Exception exception, TimeSpan pause);

        [LoggerMessage(LogLevel.Information, "The cache has begun a new epoch")]
        public static partial void Joined(ILogger logger);
    }
}
