using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components;

namespace Travel.Web.Accounts;

/// <summary>A visitor who comes with a session that is no more is told once, instead of silently becoming a stranger.</summary>
internal static class SessionEnded
{
    private static readonly object Mark = new();

    public static bool Is(HttpContext context) => context.Items.ContainsKey(Mark);

    /// <summary>The Api no longer takes this session's token: sign out here too, then in again, then back.</summary>
    public static async Task SignInAgainAsync(HttpContext context, NavigationManager navigation, string returnUrl)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        navigation.NavigateTo(SignInPage.AddressFor(returnUrl, ended: true));
    }

    public static void UseSessionEndedNotice(this WebApplication app) =>
        app.Use(async (context, next) =>
        {
            if (context.User.Identity?.IsAuthenticated != true
                && context.Request.Cookies.ContainsKey(AccountsRoom.CookieName)
                && !SessionStore.IsNotSure(context))
            {
                context.Items[Mark] = true;
                await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            }

            await next(context);
        });
}
