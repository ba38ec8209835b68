using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Travel.Domain.Caching;

/// <summary>What Redis has said: of the tags that it was asked for the versions, the epoch first; and the entry, if it was asked for one and has it.</summary>
internal sealed record RedisAnswer(string[] Versions, byte[]? Entry);

/// <summary>
/// The second level: entries and versions of tags in Redis. Nobody waits for it for longer than <see cref="CachingOptions.RedisTimeout"/>, and once
/// somebody had to, it is left alone for a while: everything works without it.
/// </summary>
/// <param name="redis">Null in a process that has none.</param>
internal sealed partial class RedisLevel(IConnectionMultiplexer? redis, IOptions<CachingOptions> options, TimeProvider clock, ILogger<RedisLevel> logger)
{
    /// <summary>
    /// How long a version is kept. Longer than any entry; one that is gone, also because Redis was short of memory, is replaced by another, so that
    /// no entry of before counts.
    /// </summary>
    private static readonly TimeSpan VersionsFor = TimeSpan.FromHours(4);

    /// <summary>Far longer than the second telling of a change is behind the first; if it is later all the same, something is computed once more.</summary>
    private static readonly TimeSpan DoneFor = TimeSpan.FromMinutes(10);

    // The epoch begins with the id of this run of Redis: one that has begun anew, from whatever snapshot, has another id and so another epoch, and
    // nothing that it remembers counts. A version that is not there is made up by whoever asks first.
    private const string Read =
        """
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
        local epoch = redis.call('GET', KEYS[1])
        if not epoch or string.sub(epoch, 1, #run) ~= run then
            epoch = run .. ':' .. ARGV[1]
            redis.call('SET', KEYS[1], epoch)
        end
        local answer = { false, epoch }
        for each = 3, #KEYS do
            local version = redis.call('GET', KEYS[each])
            if not version then
                version = ARGV[1]
                redis.call('SET', KEYS[each], version, 'EX', ARGV[2])
            end
            answer[each] = version
        end
        if KEYS[2] ~= '' then answer[1] = redis.call('GET', KEYS[2]) end
        return answer
        """;

    // All tags of a change at once, and the news of it in the same step: so that it is told in the order in which it was done. Once for each change.
    private const string Touch =
        """
        if not redis.call('SET', KEYS[1], '', 'NX', 'EX', ARGV[3]) then return 0 end
        for each = 3, #KEYS do redis.call('SET', KEYS[each], ARGV[1], 'EX', ARGV[2]) end
        if ARGV[5] == '1' then redis.call('DEL', KEYS[2]) end
        redis.call('PUBLISH', ARGV[6], ARGV[4])
        return 1
        """;

    private readonly CachingOptions options = options.Value;
    private readonly Lock gate = new();
    private long restsUntil = long.MinValue;
    private bool isTried;

    public RedisNames Names { get; } = new(options.Value.Prefix);

    /// <summary>Null in a process that has none.</summary>
    public IConnectionMultiplexer? Connection => redis;

    /// <param name="key">Of an entry; null when only versions are wanted.</param>
    /// <returns>Null when Redis does not answer; versions are in the order of <paramref name="tags"/>.</returns>
    public Task<RedisAnswer?> ReadAsync(string? key, KnownTag[] tags)
    {
        var keys = new RedisKey[tags.Length + 1];
        (keys[0], keys[1]) = (Names.Epoch, key is null ? "" : Names.Entry(key));
        for (var each = 1; each < tags.Length; each++)
        {
            keys[each + 1] = Names.Tag(tags[each].Name);
        }

        return TryAsync<RedisAnswer>(async database =>
        {
            var answer = (RedisResult[])(await database.ScriptEvaluateAsync(Read, keys, [Guid.NewGuid().ToString("N"), (long)VersionsFor.TotalSeconds]))!;
            return new RedisAnswer(Array.ConvertAll(answer[1..], version => (string)version!), answer[0].IsNull ? null : (byte[])answer[0]!);
        });
    }

    public async Task<bool> WriteAsync(string key, byte[] entry, TimeSpan lifetime) =>
        await TryAsync<object>(async database => await database.StringSetAsync(Names.Entry(key), entry, lifetime)) is not null;

    /// <summary>Gives the tags another version and tells all processes, once for each change, whoever does it how often.</summary>
    /// <returns>False when Redis does not answer, and it may or may not be done.</returns>
    public async Task<bool> TouchAsync(Guid change, IReadOnlyList<string> tags)
    {
        var isEverything = tags.Contains(CacheTags.Everything, StringComparer.Ordinal);
        RedisKey[] keys = [Names.Done(change), Names.Epoch, .. isEverything ? [] : tags.Select(tag => (RedisKey)Names.Tag(tag))];
        RedisValue[] values =
        [
            change.ToString("N"), (long)VersionsFor.TotalSeconds, (long)DoneFor.TotalSeconds, string.Join('\n', isEverything ? [CacheTags.Everything] : tags),
            isEverything ? "1" : "0", Names.Touched,
        ];
        return await TryAsync<object>(async database => await database.ScriptEvaluateAsync(Touch, keys, values), evenAtRest: true) is not null;
    }

    /// <param name="evenAtRest">Whoever tells of a change tries it also while readers leave Redis alone: theirs may have been one slow answer.</param>
    /// <returns>Null when there is no answer in time, or it would be asked too soon after that.</returns>
    public async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> askAsync, bool evenAtRest = false)
        where T : class
    {
        // Asking first: a call would wait for its connection.
        if (redis is not { IsConnected: true } || (!MayTry() && !evenAtRest))
        {
            return null;
        }

        Task<T>? asked = null;
        try
        {
            asked = askAsync(redis.GetDatabase());
            var answer = await asked.WaitAsync(options.RedisTimeout, clock);
            Answered();
            return answer;
        }
        catch (Exception exception) when (IsOfRedis(exception))
        {
            CacheMetrics.RedisFailed();
            if (LeaveAlone())
            {
                Log.LeftAlone(logger, exception, options.RedisPause);
            }

            // It may still fail when nobody waits any more.
            _ = asked?.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return null;
        }
    }

    /// <summary>What the client throws of itself: not all of it is a <see cref="RedisException"/>, and what waits when it is disposed of is cancelled.</summary>
    public static bool IsOfRedis(Exception exception) =>
        exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException or OperationCanceledException;

    /// <summary>Everybody in health; after the pause one caller, until that one has had an answer.</summary>
    private bool MayTry()
    {
        lock (gate)
        {
            if (restsUntil == long.MinValue)
            {
                return true;
            }

            if (isTried || clock.GetTimestamp() < restsUntil)
            {
                return false;
            }

            return isTried = true;
        }
    }

    private void Answered()
    {
        lock (gate)
        {
            (isTried, restsUntil) = (false, long.MinValue);
        }
    }

    /// <returns>False when it is left alone already: of many who have asked at the same time each comes here.</returns>
    private bool LeaveAlone()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var isResting = now < restsUntil;
            (isTried, restsUntil) = (false, now + (long)(options.RedisPause.TotalSeconds * clock.TimestampFrequency));
            return !isResting;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis keeps readers waiting and is left alone for {Pause}; the database is asked")]
        public static partial void LeftAlone(ILogger logger, Exception exception, TimeSpan pause);
    }
}
