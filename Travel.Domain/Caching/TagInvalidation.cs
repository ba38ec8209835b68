using System.Collections.Concurrent;

namespace Travel.Domain.Caching;

/// <summary>Tells of changes that are committed: this process at once, and all others through Redis.</summary>
public sealed class TagInvalidation
{
    /// <summary>What Redis could not be told one by one is told as one: that everything may have changed.</summary>
    private const int MostOwed = 100;

    private readonly KnownTags known;
    private readonly RedisLevel redis;
    private readonly Hearing hearing;
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<string>> owed = [];

    internal TagInvalidation(KnownTags known, RedisLevel redis, Hearing hearing) => (this.known, this.redis, this.hearing) = (known, redis, hearing);

    /// <summary>Whether Redis is yet to be told of a change, and so knows less than this process.</summary>
    internal bool IsBehind => !owed.IsEmpty;

    /// <summary>Never fails: what cannot be told now is told as soon as Redis answers, and every process hears of it from RabbitMQ as well.</summary>
    /// <param name="change">Its own id, by which the second telling knows that there was a first.</param>
    public async Task TellAsync(Guid change, IReadOnlyList<string> tags)
    {
        known.Forget(tags);
        CacheMetrics.Invalidated(tags.Count);
        if (redis.Connection is not null && !await redis.TouchAsync(change, tags))
        {
            owed[change] = tags;
        }
    }

    internal async Task TellOwedAsync()
    {
        if (owed.Count > MostOwed)
        {
            hearing.Leave();
            owed.Clear();
        }

        foreach (var (change, tags) in owed)
        {
            if (!await redis.TouchAsync(change, tags))
            {
                return;
            }

            owed.TryRemove(change, out _);
        }
    }
}
