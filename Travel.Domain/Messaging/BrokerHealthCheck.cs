using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client.Exceptions;

namespace Travel.Domain.Messaging;

/// <summary>Whether RabbitMQ can be talked to.</summary>
public sealed class BrokerHealthCheck(BrokerConnection broker) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await broker.OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (BrokerUnreachableException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "RabbitMQ does not answer.", exception);
        }
    }
}
