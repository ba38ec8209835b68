using Microsoft.Extensions.Diagnostics.HealthChecks;
using Travel.Contracts;
using Travel.Domain.Messaging;

namespace Travel.Worker.Health;

internal static class BackingHealth
{
    public static void AddBroker(this IHostApplicationBuilder builder)
    {
        // The client's own health check would report unhealthy, which is 503; ours reports degraded.
        builder.AddRabbitMQClient(
            ResourceNames.Messaging,
            settings => settings.DisableHealthChecks = true,
            factory => factory.AutomaticRecoveryEnabled = false);
        builder.Services.AddHealthChecks()
            .AddCheck<BrokerHealthCheck>(ResourceNames.Messaging, HealthStatus.Degraded, [], TimeSpan.FromSeconds(2))
            .AddCheck<SmtpHealthCheck>(ResourceNames.Mail, HealthStatus.Degraded, [], TimeSpan.FromSeconds(2));
    }
}
