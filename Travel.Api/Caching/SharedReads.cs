using Microsoft.Extensions.Caching.Hybrid;
using Travel.Domain;

namespace Travel.Api.Caching;

/// <summary>Reads whose result is everybody's: computed once, and in a scope of its own, because others may wait for it longer than who began it.</summary>
internal sealed class SharedReads(HybridCache cache, IServiceScopeFactory scopes)
{
    private static readonly HybridCacheEntryOptions NotAtAll = new() { Expiration = TimeSpan.Zero };

    /// <summary>For what is kept as a whole answer: many may want it at a time, and then it is computed once.</summary>
    /// <returns>Bytes that are everybody's, and nobody's to change.</returns>
    public ValueTask<byte[]> OnceAsync(
        string key, IReadOnlyList<string> tags, Func<TravelDbContext, CancellationToken, Task<byte[]>> readAsync, CancellationToken cancellationToken) =>
        ReadAsync(key, tags, readAsync, NotAtAll, cancellationToken);

    /// <returns>Null, and not kept, where there is nothing.</returns>
    public ValueTask<T?> FindAsync<T>(
        string key, IReadOnlyList<string> tags, Func<TravelDbContext, CancellationToken, Task<T?>> readAsync, CancellationToken cancellationToken) =>
        ReadAsync(key, tags, readAsync, options: null, cancellationToken);

    private ValueTask<T> ReadAsync<T>(
        string key, IReadOnlyList<string> tags, Func<TravelDbContext, CancellationToken, Task<T>> readAsync, HybridCacheEntryOptions? options, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(
            key,
            (scopes, readAsync),
            static async (state, token) =>
            {
                await using var scope = state.scopes.CreateAsyncScope();
                return await state.readAsync(scope.ServiceProvider.GetRequiredService<TravelDbContext>(), token);
            },
            options,
            tags,
            cancellationToken: cancellationToken);
}
