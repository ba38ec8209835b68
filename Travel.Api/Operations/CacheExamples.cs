using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Operations;
using Travel.Domain.Caching;

namespace Travel.Api.Operations;

internal static class CacheExamples
{
    private static readonly DateTimeOffset Now = ListingExamples.Now;

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new CacheResponse(
            Now,
            IsRedisThere: true,
            new CacheReplicaResponse(HearsAll: true, Entries: 1_204, SizeBytes: 5_242_880, new CachingOptions().MemoryBytes),
            [new CacheRegionResponse(CacheRegions.ListingPages, MemoryHits: 9_120, RedisHits: 84, Misses: 96, Evictions: 0, HitRatio: 0.9897)])),
        Example.Of(new CacheHistoryResponse(
            Now.AddHours(-3),
            Now,
            MinutesPerPoint: 1,
            [new CachePoint(Now.AddMinutes(-1), MemoryHits: 1_824, RedisHits: 17, Misses: 19, Computations: 19, Evictions: 0, Invalidations: 6, RedisErrors: 0)])),
    ];
}
