using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Travel.Web.Accounts;

internal static class AccountsRoom
{
    public const string CookieName = "travel-session";

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddTransient<SessionsClient>();
        services.AddTransient<AccountsClient>();
        services.AddSingleton<SessionCopies>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionLock>();
        services.AddScoped<SessionRefresh>();
        services.AddScoped<SessionEvents>();

        services.AddAuthorization();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<SessionStore, IOptions<WebOptions>>((cookie, store, web) =>
            {
                cookie.Cookie.Name = CookieName;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.ExpireTimeSpan = web.Value.SessionIdle;
                // The handler would write back the ticket as this request read it, over tokens another tab has renewed since.
                // SessionEvents moves the expiry instead, under its lock.
                cookie.SlidingExpiration = false;
                cookie.SessionStore = store;
                cookie.EventsType = typeof(SessionEvents);
            });
    }

    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseSessionEndedNotice();
        app.UseAuthorization();
    }

    public static void MapAccounts(this WebApplication app)
    {
        app.MapPost("/sign-out", SignOut.HandleAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        app.MapGet("/account/export", DownloadExport.HandleAsync).RequireAuthorization();
    }
}
