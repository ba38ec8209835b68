using Microsoft.Extensions.Options;
using Travel.Contracts.Operations;
using Travel.Domain.Caching;
using Travel.Domain.Messaging;

namespace Travel.Api.Operations;

internal sealed class CacheReads(CacheMinutes minutes, TaggedCache cache, IOptions<CachingOptions> options, TimeProvider clock)
{
    /// <summary>As many as a plot can show side by side.</summary>
    private const int MostPoints = 180;

    public async Task<CacheResponse> NowAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = QueueMinute.Of(now);
        var seen = await minutes.ReadAsync(until - QueueReads.RateOver, until, cancellationToken);
        var size = cache.Size;
        return new CacheResponse(
            now,
            seen is not null,
            new CacheReplicaResponse(size.HearsAll, size.Entries, size.Bytes, options.Value.MemoryBytes),
            seen is null ? [] : [.. CacheRegions.All.Select(region => ToResponse(region, seen.SelectMany(minute => minute.Counts).Where(count => count.Region == region).ToList()))]);
    }

    public async Task<CacheHistoryResponse> HistoryAsync(int hours, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var step = (int)Math.Ceiling(hours * 60.0 / MostPoints);
        var until = QueueMinute.Of(now).AddMinutes(1);
        var since = until.AddHours(-hours);
        var seen = await minutes.ReadAsync(since, until, cancellationToken) ?? [];
        return new CacheHistoryResponse(since, now, step, [.. seen.Chunk(step).Select(chunk => ToPoint(chunk[0].At, [.. chunk.SelectMany(minute => minute.Counts)]))]);
    }

    private static CacheRegionResponse ToResponse(string region, List<CacheCount> counts)
    {
        var (memory, redis) = (Hits(counts, CacheCountNames.Memory), Hits(counts, CacheCountNames.Redis));
        var misses = Misses(counts, redis);
        var all = memory + redis + misses;
        return new CacheRegionResponse(
            region, memory, redis, misses, Sum(counts, CacheCountNames.Evictions), all == 0 ? null : Math.Round((double)(memory + redis) / all, 4));
    }

    private static CachePoint ToPoint(DateTimeOffset at, List<CacheCount> counts)
    {
        var redis = Hits(counts, CacheCountNames.Redis);
        return new CachePoint(
            at,
            Hits(counts, CacheCountNames.Memory),
            redis,
            Misses(counts, redis),
            Sum(counts, CacheCountNames.Computations),
            Sum(counts, CacheCountNames.Evictions),
            Sum(counts, CacheCountNames.Invalidations),
            Sum(counts, CacheCountNames.RedisErrors));
    }

    private static long Hits(List<CacheCount> counts, string level) => counts.Where(count => count.Counter == CacheCountNames.Hits && count.Level == level).Sum(count => count.Value);

    /// <summary>What memory has not, Redis may have: only what neither has is missed. With Redis away it is not even asked.</summary>
    private static long Misses(List<CacheCount> counts, long redisHits) => Math.Max(
        0, counts.Where(count => count is { Counter: CacheCountNames.Misses, Level: CacheCountNames.Memory }).Sum(count => count.Value) - redisHits);

    private static long Sum(List<CacheCount> counts, string counter) => counts.Where(count => count.Counter == counter).Sum(count => count.Value);
}
