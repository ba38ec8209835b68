using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Travel.Api.Visitors;

namespace Travel.Api.Limits;

internal static class LimitRegistration
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Reads are counted in this process: there are many, and a limit that is as many times higher as there are replicas still limits.</summary>
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<AttemptCounter>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>((kestrel, limits) =>
            kestrel.Limits.MaxRequestBodySize = limits.Value.LargestBodyBytes);
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>>((limiter, limits) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Requests.IsRead(context.Request)
                ? RateLimitPartition.GetFixedWindowLimiter(context.VisitorKey(), _ => new() { PermitLimit = limits.Value.ReadsPerMinute, Window = Window })
                : RateLimitPartition.GetNoLimiter("writes"));
            limiter.OnRejected = async (rejected, _) =>
                await TooMany.AnswerAsync(rejected.HttpContext, rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window);
        });
    }
}
