namespace Travel.Api.Security;

internal static class SecurityHeaders
{
    // Answers are data: nothing in them is to be run, shown in a frame or guessed at.
    private const string ForData = "default-src 'none'; frame-ancestors 'none'";

    // The page of the OpenAPI document is the one that people look at; its styles are set by its script.
    private const string ForDocumentation =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.Use((context, next) =>
        {
            // On the way out, because the exception handler clears what was set on the way in.
            context.Response.OnStarting(static state =>
            {
                var (request, headers) = (((HttpContext)state).Request, ((HttpContext)state).Response.Headers);
                // A picture says what it wants; the rest takes what it is given.
                headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.Count > 0 ? headers.ContentSecurityPolicy
                    : request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal) ? ForDocumentation : ForData;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                return Task.CompletedTask;
            }, context);
            return next(context);
        });
    }
}
