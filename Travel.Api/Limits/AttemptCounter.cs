using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;
using Travel.Domain.Accounts;

namespace Travel.Api.Limits;

/// <summary>
/// Counts attempts in windows of fixed length: in Redis, so that all replicas count together; while Redis is away in this process,
/// so that there is always a limit.
/// </summary>
internal sealed partial class AttemptCounter(IConnectionMultiplexer redis, TimeProvider clock, ILogger<AttemptCounter> logger)
{
    // One step, so that no counter can be left behind without an end. Returns the count and the milliseconds left.
    private const string Count =
        """
        local count = redis.call('INCR', KEYS[1])
        if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
        return { count, redis.call('PTTL', KEYS[1]) }
        """;

    private const int MostLocalCounters = 10_000;
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset EndsAt)> local = new(StringComparer.Ordinal);

    /// <summary>An account by its address. Hashed: what people type in must not become readable in Redis.</summary>
    public static string AccountOf(string email) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(EmailAddresses.Normalize(email))));

    /// <returns>Null when there are attempts left, else the time until there are.</returns>
    public async Task<TimeSpan?> TakeAsync(string subject, int allowed, TimeSpan window)
    {
        var (count, left) = await CountAsync(subject, window);
        return count <= allowed ? null : left;
    }

    private async Task<(long Count, TimeSpan Left)> CountAsync(string subject, TimeSpan window)
    {
        // Asking first: a call would wait for its connection.
        if (!redis.IsConnected)
        {
            return CountHere(subject, window);
        }

        try
        {
            var result = (RedisResult[])(await redis.GetDatabase().ScriptEvaluateAsync(
                Count, [(RedisKey)("travel:attempts:" + subject)], [(RedisValue)(long)window.TotalMilliseconds]))!;
            return ((long)result[0], TimeSpan.FromMilliseconds((long)result[1]));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.CountingHere(logger, exception);
            return CountHere(subject, window);
        }
    }

    private (long Count, TimeSpan Left) CountHere(string subject, TimeSpan window)
    {
        var now = clock.GetUtcNow();
        if (local.Count >= MostLocalCounters)
        {
            foreach (var (ended, _) in local.Where(counter => counter.Value.EndsAt <= now))
            {
                local.TryRemove(ended, out _);
            }
        }

        var (count, endsAt) = local.AddOrUpdate(
            subject,
            _ => (1, now + window),
            (_, counter) => counter.EndsAt <= now ? (1, now + window) : (counter.Count + 1, counter.EndsAt));
        return (count, endsAt - now);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis is away; attempts are counted in this process")]
        public static partial void CountingHere(ILogger logger, Exception exception);
    }
}
