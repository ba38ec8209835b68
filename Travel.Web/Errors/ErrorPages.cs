using Microsoft.AspNetCore.Diagnostics;

namespace Travel.Web.Errors;

internal static class ErrorPages
{
    /// <summary>Whatever ends without a page of its own gets one of ours.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error/500", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.Use(ShowAsync);
    }

    // The page is looked at, whatever was done before: run again as a POST it would want the form's token once more.
    private static async Task ShowAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            context.Request.Method = HttpMethods.Get;

        await next(context);
        context.Request.Method = method;
    }
}
