using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>
/// Whether the payment gateway answers. Without it nobody can begin to pay, and all else goes on, so it degrades. Health is looked at every few
/// seconds by many, and the gateway is somebody else's, so it is asked now and then.
/// </summary>
public sealed class GatewayHealthCheck(IServiceScopeFactory scopes, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private Look? last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        if (last is not { } known || now - known.At >= Pause)
        {
            await using var scope = scopes.CreateAsyncScope();
            last = known = new Look(now, await AnswersAsync(scope.ServiceProvider.GetRequiredService<ChapaClient>(), cancellationToken));
        }

        return known.Answers ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, "The payment gateway does not answer.");
    }

    private static async Task<bool> AnswersAsync(ChapaClient gateway, CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.AnswersAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Not within the time that a health check has.
            return false;
        }
    }

    private sealed record Look(DateTimeOffset At, bool Answers);
}
