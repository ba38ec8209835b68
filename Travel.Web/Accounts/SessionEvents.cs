using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using Travel.Web.TravelApi;

namespace Travel.Web.Accounts;

/// <summary>Keeps a signed-in visitor's access token usable, or ends the session when the Api does.</summary>
internal sealed partial class SessionEvents(
    SessionStore store, SessionLock locks, SessionsClient sessions, IOptions<WebOptions> options, TimeProvider time, ILogger<SessionEvents> logger)
    : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Properties.IsFresh(time.GetUtcNow()))
            return;

        if (SessionStore.KeyOf(context.Properties) is not { } key)
        {
            context.RejectPrincipal();
            return;
        }

        await using var held = await locks.TakeAsync(key);
        if (held is null)
            return; // The token at hand may still do; if not, the Api says so.

        // Read again: whoever held the lock before has probably done the work.
        var ticket = await store.RetrieveAsync(key);
        if (ticket is not null && !ticket.Properties.IsFresh(time.GetUtcNow()))
            ticket = await RefreshAsync(key, ticket);

        if (ticket is null)
            context.RejectPrincipal();
        else
            context.Properties.StoreTokens(ticket.Properties.GetTokens());
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        context.Response.Redirect(SignInPage.AddressFor(request.Path + request.QueryString, SessionEnded.Is(context.HttpContext)));
        return Task.CompletedTask;
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
