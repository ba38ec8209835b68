namespace Travel.Contracts.Operations;

/// <summary>What is kept of answers, and how often it was of use: all replicas of the Api together, but for <paramref name="Replica"/>.</summary>
/// <param name="IsRedisThere">False when Redis does not answer; what all have counted is not known then, and nothing is in <paramref name="Items"/>.</param>
/// <param name="Replica">The one that has answered.</param>
/// <param name="Items">By kind, over the last five whole minutes.</param>
public sealed record CacheResponse(DateTimeOffset At, bool IsRedisThere, CacheReplicaResponse Replica, IReadOnlyList<CacheRegionResponse> Items);

/// <param name="HearsAll">Whether it hears of changes over Redis and over RabbitMQ. While it does not, nothing counts for longer than five seconds.</param>
/// <param name="SizeBytes">What kept answers take in its memory.</param>
/// <param name="MostBytes">What they may take.</param>
public sealed record CacheReplicaResponse(bool HearsAll, long Entries, long SizeBytes, long MostBytes);

/// <summary>One kind of kept answers.</summary>
/// <param name="MemoryHits">Look-ups that found what they wanted in a process's memory.</param>
/// <param name="RedisHits">Those that found it in Redis.</param>
/// <param name="Misses">Those that found it nowhere.</param>
/// <param name="Evictions">What had to make room in memory.</param>
/// <param name="HitRatio">Share of hits, 0 to 1; null without look-ups.</param>
public sealed record CacheRegionResponse(string Region, long MemoryHits, long RedisHits, long Misses, long Evictions, double? HitRatio);

/// <summary>How it was over the last hours.</summary>
/// <param name="Points">Oldest first; none when Redis does not answer. Each is the sum of its minutes.</param>
public sealed record CacheHistoryResponse(DateTimeOffset Since, DateTimeOffset Until, int MinutesPerPoint, IReadOnlyList<CachePoint> Points);

/// <param name="Computations">Results that had to be computed.</param>
/// <param name="Invalidations">Tags that a process has told or heard a change of, each counted in each process.</param>
/// <param name="RedisErrors">Calls that Redis did not answer in time.</param>
public sealed record CachePoint(
    DateTimeOffset At, long MemoryHits, long RedisHits, long Misses, long Computations, long Evictions, long Invalidations, long RedisErrors);
