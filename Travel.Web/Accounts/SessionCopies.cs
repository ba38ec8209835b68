using Microsoft.Extensions.Caching.Memory;

namespace Travel.Web.Accounts;

/// <param name="SealedTicket">Null for a session that was ended while Redis was away.</param>
/// <param name="Saved">Whether Redis has it too.</param>
internal sealed record SessionCopy(byte[]? SealedTicket, DateTimeOffset ExpiresAt, bool Saved);

/// <summary>This process's copies of the sessions it has seen, a bounded number of them.</summary>
internal sealed class SessionCopies : IDisposable
{
    /// <summary>About 2 KiB each.</summary>
    private const int Most = 20_000;

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Most });

    public SessionCopy? Get(string key) => cache.Get<SessionCopy>(key);

    public void Put(string key, SessionCopy copy) => cache.Set(key, copy, new MemoryCacheEntryOptions
    {
        Size = 1,
        AbsoluteExpiration = copy.ExpiresAt,
        Priority = copy.Saved ? CacheItemPriority.Low : CacheItemPriority.High,
    });

    public void Drop(string key) => cache.Remove(key);

    public void Dispose() => cache.Dispose();
}
