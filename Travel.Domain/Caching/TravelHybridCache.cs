using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;
using Travel.Contracts;

namespace Travel.Domain.Caching;

/// <summary>
/// Computed results, in both levels of <see cref="TaggedCache"/>, as JSON: each caller gets a copy of their own, but for bytes, which all share. A key is
/// computed once at a time in this process, whoever wants it; what fails or comes to null is not kept, nor what is to live for no time at all.
/// </summary>
/// <remarks>
/// The computation may outlive the request that began it, because others wait for it: it must use nothing of that request, above all not its
/// <see cref="TravelDbContext"/>.
/// </remarks>
internal sealed class TravelHybridCache(TaggedCache cache, TagInvalidation invalidation, IOptions<CachingOptions> options) : HybridCache
{
    private readonly ConcurrentDictionary<string, Flight<Computed>> flights = new(StringComparer.Ordinal);

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        if (cache.FindHere(key) is { Payload: { } here })
        {
            return Read<T>(here);
        }

        var names = NamesOf(tags);
        for (var hasWaited = false; ; hasWaited = true)
        {
            var (flight, isMine) = BeginOrJoin(key);
            if (isMine)
            {
                _ = FlyAsync(flight, key, token => ComputeAsync(key, state, factory, LifetimeOf(options), names, token));
            }

            var computed = await flight.WaitAsync(cancellationToken);
            // One that began before this caller came, and was overtaken by a change, is not this caller's: the change may be their own.
            if (isMine || hasWaited || computed.Versions.AreCurrent)
            {
                return computed.Payload is null ? default! : Read<T>(computed.Payload);
            }
        }
    }

    public override async ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default) =>
        await cache.StoreAsync(key, Write(value), await cache.VersionsAsync(NamesOf(tags)), LifetimeOf(options));

    public override async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) => await cache.RemoveAsync(key);

    public override async ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        await invalidation.TellAsync(Guid.CreateVersion7(), [tag]);

    private (Flight<Computed> Flight, bool IsMine) BeginOrJoin(string key)
    {
        while (true)
        {
            var mine = new Flight<Computed>();
            var there = flights.GetOrAdd(key, mine);
            if (there == mine)
            {
                return (mine, IsMine: true);
            }

            mine.Dispose();
            if (there.TryJoin())
            {
                return (there, IsMine: false);
            }

            flights.TryRemove(KeyValuePair.Create(key, there));
        }
    }

    private async Task FlyAsync(Flight<Computed> flight, string key, Func<CancellationToken, Task<Computed>> computeAsync)
    {
        using var landing = flight;
        await flight.RunAsync(async token =>
        {
            try
            {
                return await computeAsync(token);
            }
            finally
            {
                // Before anybody hears of it: who comes from here on begins anew.
                flights.TryRemove(KeyValuePair.Create(key, flight));
            }
        });
    }

    private async Task<Computed> ComputeAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, TimeSpan lifetime, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var isKept = lifetime > TimeSpan.Zero;
        var found = isKept ? await cache.FindAsync(key, tags) : new CacheAnswer(null, await cache.VersionsAsync(tags));
        if (found.Payload is not null)
        {
            return new Computed(found.Payload, found.Versions);
        }

        CacheMetrics.Computed(key);
        if (await factory(state, cancellationToken) is not { } value)
        {
            return new Computed(null, found.Versions);
        }

        var payload = Write(value);
        if (isKept)
        {
            await cache.StoreAsync(key, payload, found.Versions, lifetime);
        }

        return new Computed(payload, found.Versions);
    }

    private TimeSpan LifetimeOf(HybridCacheEntryOptions? entry) => entry?.Flags is null or HybridCacheEntryFlags.None
        ? entry?.Expiration ?? options.Value.ResultsFor
        : throw new NotSupportedException("Both levels are always used: an entry that is not invalidated in one of them would be wrong in the other.");

    private static IReadOnlyList<string> NamesOf(IEnumerable<string>? tags) => tags as IReadOnlyList<string> ?? [.. tags ?? []];

    private static byte[] Write<T>(T value) => value as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(value, TravelJson.Options);

    private static T Read<T>(byte[] payload) => payload is T bytes ? bytes : JsonSerializer.Deserialize<T>(payload, TravelJson.Options)!;

    private sealed record Computed(byte[]? Payload, TagVersions Versions);
}
