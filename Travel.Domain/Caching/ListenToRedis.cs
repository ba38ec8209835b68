using System.Globalization;
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
    // On one channel, so that whoever hears itself hears the others.
    private readonly RedisChannel touched = new(redis.Names.Touched, RedisChannel.PatternMode.Literal);
    private readonly string echo = $"{RedisNames.Echo}{Guid.NewGuid():N}:";
    private Task? subscribed;

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
            if (subscribed is null && connection.IsConnected)
            {
                // Once: from then on the client subscribes again by itself after each break, and a second time would be heard twice.
                subscribed = connection.GetSubscriber().SubscribeAsync(touched, (_, said) => Hear((string?)said ?? ""));
            }

            if (subscribed is not null)
            {
                await subscribed.WaitAsync(options.Value.DeafAfter, clock);
                var word = hearing.Speak();
                await redis.TryAsync<object>(async database => await database.PublishAsync(touched, echo + word.ToString(CultureInfo.InvariantCulture)));
            }

            if (!hearing.HasJoined)
            {
                await JoinAsync();
            }
        }
        catch (Exception exception) when (RedisLevel.IsOfRedis(exception))
        {
            if (subscribed is { IsFaulted: true } or { IsCanceled: true })
            {
                subscribed = null;
            }

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

    private void Hear(string said)
    {
        if (said.StartsWith(echo, StringComparison.Ordinal))
        {
            hearing.Heard(long.Parse(said.AsSpan(echo.Length), CultureInfo.InvariantCulture));
        }
        else if (!said.StartsWith(RedisNames.Echo, StringComparison.Ordinal))
        {
            var told = said.Split('\n');
            known.Forget(told);
            CacheMetrics.Invalidated(told.Length);
        }
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
