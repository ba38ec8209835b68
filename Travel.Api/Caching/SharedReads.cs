using Microsoft.Extensions.Caching.Hybrid;
using Travel.Domain;

namespace Travel.Api.Caching;

/// <summary>Reads whose result is everybody's: computed once, and in a scope of its own, because others may wait for it longer than who began it.</summary>
internal sealed class SharedReads(HybridCache cache, IServiceScopeFactory scopes)
{
    /// <returns>Null, and not kept, where there is nothing.</returns>
    public ValueTask<T?> FindAsync<T>(
        string key, IReadOnlyList<string> tags, Func<TravelDbContext, CancellationToken, Task<T?>> readAsync, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(
            key,
            (scopes, readAsync),
            static async (state, token) =>
            {
                await using var scope = state.scopes.CreateAsyncScope();
                return await state.readAsync(scope.ServiceProvider.GetRequiredService<TravelDbContext>(), token);
            },
            tags: tags,
            cancellationToken: cancellationToken);
}
