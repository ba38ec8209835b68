using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client.Exceptions;

namespace Travel.Domain.Messaging;

/// <summary>Whether RabbitMQ can be talked to, and listens.</summary>
public sealed class BrokerHealthCheck(Broker broker) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await broker.Consuming.OpenAsync(cancellationToken);
            return broker.Publishing.Alarm is { } alarm
                ? new HealthCheckResult(context.Registration.FailureStatus, $"RabbitMQ takes no messages: {alarm}.")
                : HealthCheckResult.Healthy();
        }
        catch (BrokerUnreachableException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "RabbitMQ does not answer.", exception);
        }
    }
}
