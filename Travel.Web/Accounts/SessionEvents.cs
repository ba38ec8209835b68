using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Travel.Web.Accounts;

/// <summary>Keeps a signed-in visitor's access token usable, or ends the session when the Api does.</summary>
internal sealed class SessionEvents(SessionRefresh refresh, TimeProvider time) : CookieAuthenticationEvents
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

        if (await refresh.IfDueAsync(key) is not { } session)
            return; // The token at hand may still do; if not, the Api says so.

        if (session.Ticket is null)
            context.RejectPrincipal();
        else
            context.Properties.StoreTokens(session.Ticket.Properties.GetTokens());
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        context.Response.Redirect(SignInPage.AddressFor(request.Path + request.QueryString, SessionEnded.Is(context.HttpContext)));
        return Task.CompletedTask;
    }
}
