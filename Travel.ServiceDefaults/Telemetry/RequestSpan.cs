using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Travel.ServiceDefaults.Telemetry;

/// <summary>
/// Gives the server span that ASP.NET Core starts the name and attributes of OpenTelemetry's HTTP conventions; by itself it has
/// neither. Query strings are left out: they may carry personal data. Health probes and static files are not recorded, and nothing is where nobody
/// listens.
/// </summary>
internal sealed class RequestSpan(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (span is null || !span.Source.HasListeners())
        {
            await next(context);
            return;
        }

        if (IsProbe(context.Request.Path))
        {
            Drop(span);
            await next(context);
            return;
        }

        Describe(span, context.Request);
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            span.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            Conclude(span, context);
        }
    }

    private static void Drop(Activity span)
    {
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        span.IsAllDataRequested = false;
    }

    private static bool IsProbe(PathString path) => path == "/health" || path == "/alive";

    private static void Describe(Activity span, HttpRequest request)
    {
        span.DisplayName = request.Method;
        span.SetTag("http.request.method", request.Method);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", request.Path.Value);
        span.SetTag("server.address", request.Host.Host);
        span.SetTag("server.port", request.Host.Port);
        span.SetTag("network.protocol.version", request.Protocol[(request.Protocol.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        span.SetTag("user_agent.original", request.Headers.UserAgent.ToString());
    }

    private static void Conclude(Activity span, HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            Drop(span);
            return;
        }

        // An exception handler further in may have run the pipeline again for another route; the first match is what was asked for.
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            // A group's own route ends in a slash that nobody types.
            var shown = route.Length > 1 ? route.TrimEnd('/') : route;
            span.SetTag("http.route", shown);
            span.DisplayName = $"{context.Request.Method} {shown}";
        }

        var status = context.Response.StatusCode;
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);
        }
    }
}
