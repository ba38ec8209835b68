using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;

namespace Travel.Web.Accounts;

/// <summary>
/// Keeps sessions in Redis, sealed with data protection, and a copy in this process for the time that Redis is away.
/// </summary>
internal sealed partial class SessionStore(
    IConnectionMultiplexer redis, SessionCopies copies, IDataProtectionProvider protection, TimeProvider time, ILogger<SessionStore> logger)
    : ITicketStore
{
    private const string KeyItem = "travel.session";
    private static readonly object NotSure = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly IDataProtector protector = protection.CreateProtector("Travel.Web.Sessions.v1");

    /// <summary>The key a ticket is kept under; only tickets that came from here have one.</summary>
    public static string? KeyOf(AuthenticationProperties ticket) => ticket.Items.TryGetValue(KeyItem, out var key) ? key : null;

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        ticket.Properties.Items[KeyItem] = key;
        await SaveAsync(key, ticket);
        return key;
    }

    /// <exception cref="InvalidOperationException">
    /// The ticket is of another session. The cookie handler does that when somebody signs in over a session; its key would be known to
    /// whoever planted that one. <see cref="SignInPage"/> signs out first.
    /// </exception>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => KeyOf(ticket.Properties) == key
        ? SaveAsync(key, ticket)
        : throw new InvalidOperationException("A new session must have a key of its own.");

    private async Task SaveAsync(string key, AuthenticationTicket ticket)
    {
        var expiresAt = ticket.Properties.ExpiresUtc ?? throw new InvalidOperationException("A session ends some day.");
        var sealedTicket = protector.Protect(TicketSerializer.Default.Serialize(ticket));
        var saved = await TryAsync(store => SaveAsync(store, key, sealedTicket, expiresAt));
        copies.Put(key, new SessionCopy(sealedTicket, expiresAt, saved));
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key) => (await FindAsync(key)).Ticket;

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var (ticket, sure) = await FindAsync(key);
        if (!sure)
            httpContext.Items[NotSure] = true;
        return ticket;
    }

    /// <summary>This request's session could be neither found nor ruled out, because Redis is away.</summary>
    public static bool IsNotSure(HttpContext context) => context.Items.ContainsKey(NotSure);

    private async Task<(AuthenticationTicket? Ticket, bool Sure)> FindAsync(string key)
    {
        var copy = copies.Get(key);
        if (copy is { Saved: false })
        {
            // What happened here while Redis was away is newer than what Redis remembers; above all a spent refresh token.
            if (await TryAsync(store => SaveOrDeleteAsync(store, key, copy)))
                copies.Put(key, copy with { Saved = true });
            return (Open(copy.SealedTicket), true);
        }

        byte[]? found = null;
        var answered = await TryAsync(async store => found = await store.StringGetAsync(RedisKeyOf(key)));
        if (!answered)
            return (Open(copy?.SealedTicket), copy is not null);

        var ticket = Open(found);
        if (ticket is { Properties.ExpiresUtc: { } expiresAt })
            copies.Put(key, new SessionCopy(found, expiresAt, Saved: true));
        else
            copies.Drop(key);
        return (ticket, true);
    }

    public async Task RemoveAsync(string key)
    {
        if (await TryAsync(store => store.KeyDeleteAsync(RedisKeyOf(key))))
            copies.Drop(key);
        else
            copies.Put(key, new SessionCopy(SealedTicket: null, time.GetUtcNow().AddDays(1), Saved: false));
    }

    private Task SaveOrDeleteAsync(IDatabase store, string key, SessionCopy copy) =>
        copy.SealedTicket is { } sealedTicket ? SaveAsync(store, key, sealedTicket, copy.ExpiresAt) : store.KeyDeleteAsync(RedisKeyOf(key));

    private Task SaveAsync(IDatabase store, string key, byte[] sealedTicket, DateTimeOffset expiresAt)
    {
        TimeSpan? life = expiresAt - time.GetUtcNow();
        return life > TimeSpan.Zero ? store.StringSetAsync(RedisKeyOf(key), sealedTicket, life) : Task.CompletedTask;
    }

    private AuthenticationTicket? Open(byte[]? sealedTicket)
    {
        try
        {
            return sealedTicket is null ? null : TicketSerializer.Default.Deserialize(protector.Unprotect(sealedTicket));
        }
        catch (CryptographicException)
        {
            return null; // Sealed with keys that are gone: as good as no session.
        }
    }

    private async Task<bool> TryAsync(Func<IDatabase, Task> work)
    {
        // Asking first keeps pages quick while Redis is away: a call would wait for its connection.
        if (!redis.IsConnected)
            return false;
        try
        {
            await work(redis.GetDatabase()).WaitAsync(Patience, time);
            return true;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            Log.RedisAway(logger, away);
            return false;
        }
    }

    private static string RedisKeyOf(string key) => "travel:web:session:" + key;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Redis did not answer; sessions live in this process until it does")]
        public static partial void RedisAway(ILogger logger, Exception away);
    }
}
