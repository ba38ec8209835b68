using StackExchange.Redis;

namespace Travel.Web.Accounts;

/// <summary>
/// One holder per session, in this process and, while Redis answers, among all replicas: a refresh token used by two tabs at once
/// would end the session, because the Api takes the second use for a theft.
/// </summary>
internal sealed partial class SessionLock(IConnectionMultiplexer redis, TimeProvider time, ILogger<SessionLock> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan HeldAtMost = TimeSpan.FromSeconds(30);

    // A fixed number of stripes: two sessions may share one and wait for each other, none is ever left behind.
    private readonly SemaphoreSlim[] stripes = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <returns>Null when somebody else held it for too long; then the work must not be done.</returns>
    public async Task<IAsyncDisposable?> TakeAsync(string session)
    {
        var stripe = stripes[(uint)StringComparer.Ordinal.GetHashCode(session) % (uint)stripes.Length];
        if (!await stripe.WaitAsync(Patience))
            return null;

        var holder = new Holder(stripe, redis, "travel:web:session-lock:" + session, Guid.NewGuid().ToString("N"));
        var deadline = time.GetUtcNow() + Patience;
        try
        {
            while (redis.IsConnected && !await redis.GetDatabase().LockTakeAsync(holder.Key, holder.Token, HeldAtMost))
            {
                if (time.GetUtcNow() > deadline)
                {
                    await holder.DisposeAsync();
                    return null;
                }

                await Task.Delay(TimeSpan.FromSeconds(0.05), time);
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            Log.LocalOnly(logger, away);
        }

        return holder;
    }

    public void Dispose()
    {
        foreach (var stripe in stripes)
            stripe.Dispose();
    }

    private sealed class Holder(SemaphoreSlim stripe, IConnectionMultiplexer redis, string key, string token) : IAsyncDisposable
    {
        public string Key => key;
        public string Token => token;

        public async ValueTask DisposeAsync()
        {
            try
            {
                // Only its own: the token keeps it from freeing what somebody else holds by now.
                if (redis.IsConnected)
                    await redis.GetDatabase().LockReleaseAsync(key, token);
            }
            catch (Exception away) when (away is RedisException or TimeoutException)
            {
                // Redis frees it by itself after HeldAtMost.
            }
            finally
            {
                stripe.Release();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Redis did not answer; a session is refreshed under this process's lock alone")]
        public static partial void LocalOnly(ILogger logger, Exception away);
    }
}
