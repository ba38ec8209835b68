using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Travel.Domain.Caching;

/// <summary>Tells of changes that are committed: this process at once, and all others through Redis.</summary>
public sealed class TagInvalidation
{
    /// <summary>What Redis could not be told one by one is told as one: that everything may have changed.</summary>
    private const int MostOwed = 100;

    private readonly KnownTags known;
    private readonly RedisLevel redis;
    private readonly TimeSpan tryEvery;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<string>> owed = [];
    private int isPaying;

    internal TagInvalidation(KnownTags known, RedisLevel redis, IOptions<CachingOptions> options, TimeProvider clock) =>
        (this.known, this.redis, tryEvery, this.clock) = (known, redis, options.Value.ListenEvery, clock);

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
            // Once more: who has asked Redis meanwhile has learnt what was before.
            known.Forget(tags);
            if (Interlocked.Exchange(ref isPaying, 1) == 0)
            {
                _ = PayAsync();
            }
        }
    }

    private async Task PayAsync()
    {
        do
        {
            while (!owed.IsEmpty)
            {
                await Task.Delay(tryEvery, clock);
                await TellOwedAsync();
            }

            Volatile.Write(ref isPaying, 0);
        }
        while (!owed.IsEmpty && Interlocked.Exchange(ref isPaying, 1) == 0);
    }

    private async Task TellOwedAsync()
    {
        if (owed.Count > MostOwed)
        {
            var replaced = owed.Keys.ToList();
            owed[Guid.NewGuid()] = [CacheTags.Everything];
            replaced.ForEach(change => owed.TryRemove(change, out _));
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
