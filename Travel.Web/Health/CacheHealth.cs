using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;
using Travel.Contracts;

namespace Travel.Web.Health;

/// <summary>Redis, without which sessions live on in this process: its absence degrades Web and never stops it.</summary>
internal static class CacheHealth
{
    public static void AddCache(this IHostApplicationBuilder builder)
    {
        // The client's own health check would report unhealthy, which is 503; ours reports degraded.
        builder.AddRedisClient(ResourceNames.Cache, settings => settings.DisableHealthChecks = true);
        builder.Services.AddHealthChecks().AddCheck<Check>(ResourceNames.Cache, HealthStatus.Degraded, [], TimeSpan.FromSeconds(2));
    }

    private sealed class Check(IConnectionMultiplexer redis) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, "Redis does not answer.", exception);
            }
        }
    }
}
