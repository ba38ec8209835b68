using System.Diagnostics.Metrics;

namespace Travel.Domain.Caching;

/// <summary>What is counted, and at which level.</summary>
public static class CacheCountNames
{
    public const string Memory = "memory";
    public const string Redis = "redis";
    public const string Hits = "travel.cache.hits";
    public const string Misses = "travel.cache.misses";
    public const string Evictions = "travel.cache.evictions";
    public const string Invalidations = "travel.cache.invalidations";
    public const string Computations = "travel.cache.computations";
    public const string RedisErrors = "travel.cache.redis.errors";
}

/// <summary>What the cache of this process does, by region and level. <see cref="CacheCounts"/> listens too.</summary>
internal static class CacheMetrics
{
    public const string MeterName = "Travel.Caching";
    public const string Region = "travel.cache.region";
    public const string Level = "travel.cache.level";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> HitCounter = Meter.CreateCounter<long>(CacheCountNames.Hits, "{look-up}", "Look-ups that found an entry which still counts.");
    private static readonly Counter<long> MissCounter = Meter.CreateCounter<long>(CacheCountNames.Misses, "{look-up}", "Look-ups that did not.");
    private static readonly Counter<long> EvictionCounter = Meter.CreateCounter<long>(CacheCountNames.Evictions, "{entry}", "Entries that had to make room in memory.");
    private static readonly Counter<long> InvalidationCounter = Meter.CreateCounter<long>(CacheCountNames.Invalidations, "{tag}", "Tags that this process has told or heard a change of.");
    private static readonly Counter<long> ComputationCounter = Meter.CreateCounter<long>(CacheCountNames.Computations, "{computation}", "Results that had to be computed.");
    private static readonly Counter<long> RedisErrorCounter = Meter.CreateCounter<long>(CacheCountNames.RedisErrors, "{call}", "Calls that Redis did not answer in time.");
    private static readonly Gauge<long> BytesGauge = Meter.CreateGauge<long>("travel.cache.memory.size", "By", "What entries take in this process's memory.");
    private static readonly Gauge<long> EntriesGauge = Meter.CreateGauge<long>("travel.cache.memory.entries", "{entry}", "Entries in this process's memory.");

    public static void Hit(string key, string level) => HitCounter.Add(1, RegionTag(key), new KeyValuePair<string, object?>(Level, level));

    public static void Missed(string key, string level) => MissCounter.Add(1, RegionTag(key), new KeyValuePair<string, object?>(Level, level));

    /// <summary>To make room for this key.</summary>
    public static void Evicted(string key, int entries)
    {
        if (entries > 0)
        {
            EvictionCounter.Add(entries, RegionTag(key), new KeyValuePair<string, object?>(Level, CacheCountNames.Memory));
        }
    }

    public static void Invalidated(int tags) => InvalidationCounter.Add(tags);

    public static void Computed(string key) => ComputationCounter.Add(1, RegionTag(key));

    public static void RedisFailed() => RedisErrorCounter.Add(1);

    public static void Measure(TaggedCache cache)
    {
        BytesGauge.Record(cache.Size.Bytes);
        EntriesGauge.Record(cache.Size.Entries);
    }

    private static KeyValuePair<string, object?> RegionTag(string key) => new(Region, CacheKeys.RegionOf(key));
}
