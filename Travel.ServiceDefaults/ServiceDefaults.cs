using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Travel.ServiceDefaults.Health;
using Travel.ServiceDefaults.Proxies;
using Travel.ServiceDefaults.Resilience;
using Travel.ServiceDefaults.ServiceAddresses;
using Travel.ServiceDefaults.Telemetry;

namespace Travel.ServiceDefaults;

/// <summary>What every process of Travel has: telemetry, health endpoints, the proxies before it, the addresses of the others and patience with them.</summary>
public static class ServiceDefaultsExtensions
{
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.Services.AddHealthChecks();
        builder.Services.AddResilience();
        builder.Services.AddTrustedProxies();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddResilience();
            http.AddServiceAddresses();
        });
        return builder;
    }

    /// <summary>
    /// Who calls, the request's span and the health endpoints. To be called first: what runs before it is not in the span.
    /// </summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<RequestSpan>();
        app.MapHealthEndpoints();
        return app;
    }
}
