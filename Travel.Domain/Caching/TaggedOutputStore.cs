using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.OutputCaching;

namespace Travel.Domain.Caching;

/// <summary>
/// Whole answers, as bytes, in both levels. The middleware has tags and knows nothing of versions: they come as <c>name@version</c>, as
/// <see cref="TaggedCache.TagsNowAsync"/> said them before the answer was made.
/// </summary>
internal sealed class TaggedOutputStore(TaggedCache cache, TagInvalidation invalidation) : IOutputCacheStore
{
    public const char At = '@';

    /// <summary>The middleware's keys have the whole query in them, which anybody can make long.</summary>
    private const int LongestKey = 300;

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => cache.FindHere(Bounded(key)) is { } here
        ? ValueTask.FromResult(here.Payload)
        : cache.FindAsync(Bounded(key));

    public async ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        var told = (tags ?? []).Select(tag => (Name: tag[..tag.LastIndexOf(At)], Version: tag[(tag.LastIndexOf(At) + 1)..])).ToList();
        var epoch = told.Find(tag => tag.Name == CacheTags.Everything);
        if (epoch.Version is null)
        {
            throw new InvalidOperationException("An answer without the versions of its tags cannot be kept: nobody could say until when it is right.");
        }

        told.Remove(epoch);
        await cache.StoreAsync(
            Bounded(key), value, cache.VersionsOf(told.ConvertAll(tag => tag.Name), [epoch.Version, .. told.Select(tag => tag.Version)]), validFor);
    }

    public async ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => await invalidation.TellAsync(Guid.CreateVersion7(), [tag]);

    private static string Bounded(string key) => key.Length <= LongestKey
        ? key
        : $"{CacheKeys.RegionOf(key)}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
