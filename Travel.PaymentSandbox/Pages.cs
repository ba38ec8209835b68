using Microsoft.AspNetCore.Antiforgery;

namespace Travel.PaymentSandbox;

/// <summary>What the pages, the pay page and the panel, have in common.</summary>
internal static class Pages
{
    // Browsers hold where a form's answer leads to against form-action too, and a paid page leads back to the merchant.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' http: https:; base-uri 'none'; frame-ancestors 'none'";

    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options => options.Cookie.Name = "sandbox-form");
    }

    public static void UsePages(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            // The address of a pay page is all one needs to pay on it.
            headers["Referrer-Policy"] = "no-referrer";
            return next(context);
        });
        app.UseAntiforgery();
        // The middleware only takes note; endpoints that read no form would not look.
        app.Use((context, next) =>
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("This form is not from here, or too old. Go back, load the page anew and try again.", context.RequestAborted);
        });
        app.MapStaticAssets().ShortCircuit();
    }
}
