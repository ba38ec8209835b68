using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Travel.Domain.Caching;

/// <param name="Payload">Null where there is nothing that still counts.</param>
/// <param name="Versions">Read before this was answered: what is computed from here on is stored with them.</param>
internal sealed record CacheAnswer(byte[]? Payload, TagVersions Versions);

/// <summary>
/// Both levels under one rule: an entry counts only while its tags are at the versions that were read before its query ran. docs/caching.md says why
/// that makes it exact.
/// </summary>
public sealed class TaggedCache
{
    private readonly KnownTags known;
    private readonly MemoryLevel memory;
    private readonly RedisLevel redis;
    private readonly Hearing hearing;
    private readonly TagInvalidation invalidation;
    private readonly TimeProvider clock;

    internal TaggedCache(KnownTags known, MemoryLevel memory, RedisLevel redis, Hearing hearing, TagInvalidation invalidation, TimeProvider clock)
    {
        (this.known, this.memory, this.redis) = (known, memory, redis);
        (this.hearing, this.invalidation, this.clock) = (hearing, invalidation, clock);
    }

    /// <summary>What the tags are at, in words that <see cref="TaggedOutputStore"/> understands: to be asked before an answer is made.</summary>
    /// <returns>Put into words only when somebody looks through them: of most answers nobody does.</returns>
    public async ValueTask<IEnumerable<string>> TagsNowAsync(IReadOnlyList<string> tags)
    {
        var versions = await VersionsAsync(tags);
        return versions.Tags.Zip(versions.Versions, (tag, version) => tag.Name + TaggedOutputStore.At + version);
    }

    /// <summary>Of this process's memory, and whether that is believed for as long as it is kept.</summary>
    public (long Bytes, int Entries, bool HearsAll) Size => (memory.Bytes, memory.Entries, hearing.HearsAll(clock.GetUtcNow()));

    /// <summary>What memory has: costs no look anywhere else.</summary>
    internal CacheAnswer? FindHere(string key)
    {
        if (!memory.TryGet(key, out var entry) || !entry.Versions.AreCurrent || !Counts(entry, clock.GetUtcNow()))
        {
            return null;
        }

        CacheMetrics.Hit(key, CacheCountNames.Memory);
        return new CacheAnswer(entry.Payload, entry.Versions);
    }

    /// <summary>What any level has. At most one look at Redis.</summary>
    /// <param name="key">Begins with its region, see <see cref="CacheKeys"/>.</param>
    /// <param name="tags">Always the same for the same key.</param>
    internal async ValueTask<CacheAnswer> FindAsync(string key, IReadOnlyList<string> tags)
    {
        if (FindHere(key) is { } here)
        {
            return here;
        }

        CacheMetrics.Missed(key, CacheCountNames.Memory);
        var asked = known.Of(tags);
        if (await AskAsync(key, asked) is not { } answer)
        {
            return new CacheAnswer(null, TagVersions.Here(asked));
        }

        var versions = new TagVersions(asked, answer.Versions);
        var now = clock.GetUtcNow();
        if (memory.TryGet(key, out var kept) && kept.Versions.Match(versions) && Counts(kept, now))
        {
            // It was forgotten how far its tags were, and they are where they were.
            CacheMetrics.Hit(key, CacheCountNames.Redis);
            memory.Set(key, kept with { Versions = versions });
            return new CacheAnswer(kept.Payload, versions);
        }

        if (answer.Entry is not null && CacheEntry.Of(answer.Entry, known) is { } entry && entry.Versions.Match(versions) && Counts(entry, now))
        {
            CacheMetrics.Hit(key, CacheCountNames.Redis);
            CacheMetrics.Evicted(key, memory.Set(key, entry with { Versions = versions }));
            return new CacheAnswer(entry.Payload, versions);
        }

        CacheMetrics.Missed(key, CacheCountNames.Redis);
        return new CacheAnswer(null, versions);
    }

    /// <summary>The same for who does not know the tags any more, and has asked for their versions a moment ago.</summary>
    internal async ValueTask<byte[]?> FindAsync(string key)
    {
        if (FindHere(key) is { } here)
        {
            return here.Payload;
        }

        CacheMetrics.Missed(key, CacheCountNames.Memory);
        if (await AskAsync(key, known.Of([])) is not { } answer)
        {
            return null;
        }

        if (answer.Entry is null || CacheEntry.Of(answer.Entry, known) is not { } entry || entry.Versions.Versions[0] != answer.Versions[0]
            || !entry.Versions.AreCurrent || !Counts(entry, clock.GetUtcNow()))
        {
            CacheMetrics.Missed(key, CacheCountNames.Redis);
            return null;
        }

        CacheMetrics.Hit(key, CacheCountNames.Redis);
        CacheMetrics.Evicted(key, memory.Set(key, entry));
        return entry.Payload;
    }

    /// <summary>What the tags are at, to be asked before a query runs whose answer is stored.</summary>
    internal async ValueTask<TagVersions> VersionsAsync(IReadOnlyList<string> tags)
    {
        var asked = known.Of(tags);
        if (TagVersions.IfKnown(asked) is { } versions)
        {
            return versions;
        }

        return await AskAsync(key: null, asked) is { } answer ? new TagVersions(asked, answer.Versions) : TagVersions.Here(asked);
    }

    /// <param name="before">What the tags were at before the payload was computed.</param>
    internal async Task StoreAsync(string key, byte[] payload, TagVersions before, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        var entry = new CacheEntry(payload, before, now, now + lifetime);
        CacheMetrics.Evicted(key, memory.Set(key, entry));
        if (before.AreShared && IsRedisBelieved)
        {
            await redis.WriteAsync(key, entry.ToBytes(), lifetime);
        }
    }

    /// <param name="names">Without the one that all entries have, whose version is the first.</param>
    internal TagVersions VersionsOf(IReadOnlyList<string> names, string[] versions) => new(known.Of(names), versions);

    internal async Task RemoveAsync(string key)
    {
        memory.Remove(key);
        await redis.TryAsync<object>(async database => await database.KeyDeleteAsync(redis.Names.Entry(key)));
    }

    private bool IsRedisBelieved => hearing.HasJoined && !invalidation.IsBehind;

    private bool Counts(CacheEntry entry, DateTimeOffset now) => now < entry.ExpiresAt && hearing.Believes(entry.CreatedAt, now);

    /// <returns>Null when Redis does not answer, or is not to be believed.</returns>
    private async Task<RedisAnswer?> AskAsync(string? key, KnownTag[] tags)
    {
        if (!IsRedisBelieved)
        {
            return null;
        }

        var stamps = Array.ConvertAll(tags, tag => tag.Stamp);
        if (await redis.ReadAsync(key, tags) is not { } answer)
        {
            return null;
        }

        for (var each = 0; each < tags.Length; each++)
        {
            tags[each].Learn(answer.Versions[each], stamps[each]);
        }

        return answer;
    }
}
