using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Travel.Web.TravelApi;

namespace Travel.Web.Accounts;

/// <summary>Exchanges a session's tokens for the next ones, under the session's lock: a refresh token used twice ends the session.</summary>
internal sealed partial class SessionRefresh(
    SessionStore store, SessionLock locks, SessionsClient sessions, IOptions<WebOptions> options, TimeProvider time, ILogger<SessionRefresh> logger)
{
    /// <summary>Unless somebody else has done so since.</summary>
    public Task<RefreshedSession?> IfDueAsync(string key) => ExecuteAsync(key, evenIfFresh: false);

    /// <summary>What the Api says of the visitor has changed: the tokens at hand are older than that.</summary>
    public Task<RefreshedSession?> NowAsync(HttpContext context) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties is { } ticket && SessionStore.KeyOf(ticket) is { } key
            ? ExecuteAsync(key, evenIfFresh: true)
            : Task.FromResult<RefreshedSession?>(null);

    /// <returns>Null when it could not be found out; the tokens at hand may still do.</returns>
    private async Task<RefreshedSession?> ExecuteAsync(string key, bool evenIfFresh)
    {
        await using var held = await locks.TakeAsync(key);
        if (held is null)
            return null;

        // Read again: whoever held the lock before has probably done the work.
        var ticket = await store.RetrieveAsync(key);
        if (ticket is not null && (evenIfFresh || !ticket.Properties.IsFresh(time.GetUtcNow())))
            ticket = await RefreshAsync(key, ticket);
        return new RefreshedSession(ticket);
    }

    /// <returns>The ticket to go on with; null when the Api has ended the session.</returns>
    private async Task<AuthenticationTicket?> RefreshAsync(string key, AuthenticationTicket ticket)
    {
        var reply = await sessions.RefreshAsync(ticket.Properties.RefreshToken() ?? "");
        if (reply.IsOk)
        {
            ticket.Properties.Keep(reply.Value);
            ticket.Properties.ExpiresUtc = time.GetUtcNow() + options.Value.SessionIdle;
            // Before first use: tokens that only this request knew would be lost with it.
            await store.RenewAsync(key, ticket);
            return ticket;
        }

        if (reply.Kind is ReplyKind.SignInNeeded or ReplyKind.Refused)
        {
            Log.Ended(logger);
            await store.RemoveAsync(key);
            return null;
        }

        // The Api is away or busy: nothing is decided, the visitor stays who they are.
        return ticket;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The Api refused to refresh a session; its visitor has to sign in again")]
        public static partial void Ended(ILogger logger);
    }
}

/// <param name="Ticket">Null when the session has ended.</param>
internal sealed record RefreshedSession(AuthenticationTicket? Ticket);
