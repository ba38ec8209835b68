using Microsoft.Extensions.Diagnostics.HealthChecks;
using Travel.Contracts;
using Travel.Domain.Caching;
using Travel.Domain.Messaging;

namespace Travel.Api.Health;

/// <summary>RabbitMQ and Redis, without which the Api goes on: their absence degrades it and never stops it.</summary>
internal static class BackingHealth
{
    public static void AddBrokerAndCache(this IHostApplicationBuilder builder)
    {
        // The clients' own health checks would report unhealthy, which is 503; ours report degraded.
        builder.AddRabbitMQClient(
            ResourceNames.Messaging,
            settings => settings.DisableHealthChecks = true,
            factory => factory.AutomaticRecoveryEnabled = false);
        builder.AddRedisClient(ResourceNames.Cache, settings => settings.DisableHealthChecks = true);
        builder.Services.AddHealthChecks()
            .AddCheck<BrokerHealthCheck>(ResourceNames.Messaging, HealthStatus.Degraded, [], TimeSpan.FromSeconds(2))
            .AddCheck<CacheHealthCheck>(ResourceNames.Cache, HealthStatus.Degraded, [], TimeSpan.FromSeconds(2));
    }
}
