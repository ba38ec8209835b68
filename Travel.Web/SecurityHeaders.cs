using Microsoft.AspNetCore.Antiforgery;

namespace Travel.Web;

internal static class SecurityHeaders
{
    // Scripts are files of ours that make pages nicer; nothing inline, neither script nor style.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Before everything else: whatever answers, the headers are on it.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            app.UseHsts();

        app.Use((context, next) =>
        {
            // On the way out, because the exception handler clears what was set on the way in.
            context.Response.OnStarting(static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                return Task.CompletedTask;
            }, context);
            return next(context);
        });
    }

    /// <summary>
    /// Outside development no cookie goes over a line that others can read, even where it was asked for on one: a proxy that does not say
    /// that people reach it over TLS loses them their session, not the session its secret.
    /// </summary>
    public static void UseSecureCookies(this WebApplication app) => app.UseCookiePolicy(new CookiePolicyOptions
    {
        Secure = app.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always,
    });

    /// <summary>A form without its token ends here, with a page of ours; left to the endpoint it would be a line of plain text.</summary>
    public static void UseTravelAntiforgery(this WebApplication app)
    {
        app.UseAntiforgery();
        app.Use((context, next) =>
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
                return next(context);

            // Said once: the error page runs through here again.
            context.Features.Set<IAntiforgeryValidationFeature>(null);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
    }

    public static void AddTravelAntiforgery(this IServiceCollection services) =>
        services.AddAntiforgery(options => options.Cookie.Name = "travel-form");
}
