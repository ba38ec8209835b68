using StackExchange.Redis;

namespace Travel.Domain.Caching;

/// <summary>
/// What all processes together have counted, minute by minute, in Redis: it goes with what it is about, and nobody asks the database for it. What was
/// counted while Redis was away is written into the minute in which it is back.
/// </summary>
public sealed class CacheMinutes
{
    /// <summary>How far one can look back.</summary>
    public const int Hours = 24;

    private const string Add =
        """
        for each = 1, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[each], ARGV[each + 1]) end
        redis.call('EXPIRE', KEYS[1], 90000)
        return 1
        """;

    /// <summary>An operator is not to wait for a Redis that is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly RedisLevel redis;
    private readonly TimeProvider clock;

    internal CacheMinutes(RedisLevel redis, TimeProvider clock) => (this.redis, this.clock) = (redis, clock);

    /// <returns>By minute, oldest first; null when Redis does not answer.</returns>
    public async Task<IReadOnlyList<(DateTimeOffset At, IReadOnlyList<CacheCount> Counts)>?> ReadAsync(
        DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (redis.Connection is not { IsConnected: true } connection)
        {
            return null;
        }

        try
        {
            var database = connection.GetDatabase();
            var minutes = Enumerable.Range(0, (int)(until - since).TotalMinutes).Select(each => since.AddMinutes(each)).ToList();
            var hashes = await Task.WhenAll(minutes.Select(minute => database.HashGetAllAsync(redis.Names.Minute(minute)))).WaitAsync(Patience, clock, cancellationToken);
            return
            [
                .. minutes.Zip(hashes, (at, hash) => (at, (IReadOnlyList<CacheCount>)
                    [.. hash.Select(field => CacheCount.Of((string)field.Name!, (long)field.Value)).OfType<CacheCount>()])),
            ];
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return null;
        }
    }

    /// <returns>False when Redis does not answer.</returns>
    internal async Task<bool> AddAsync(DateTimeOffset minute, IReadOnlyList<CacheCount> counts)
    {
        RedisValue[] values = [.. counts.SelectMany(count => new RedisValue[] { count.Field, count.Value })];
        return await redis.TryAsync<object>(async database => await database.ScriptEvaluateAsync(Add, [redis.Names.Minute(minute)], values)) is not null;
    }
}
