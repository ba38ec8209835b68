using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace Travel.ServiceDefaults.Telemetry;

/// <summary>
/// A trace begins with a request, a message or a job. A call to a database or a server that belongs to none of them (a health check,
/// a look at an empty outbox) would be a trace of its own every other second and bury the rest. What belongs to something in this process
/// is recorded when that is; of what is left, <paramref name="others"/> decides.
/// </summary>
internal sealed class RootSampler(Sampler others) : Sampler
{
    /// <summary>
    /// What <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c> say (opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables);
    /// <c>parentbased_always_on</c> when they say nothing.
    /// </summary>
    public static RootSampler Of(IConfiguration configuration)
    {
        var ratio = double.TryParse(configuration["OTEL_TRACES_SAMPLER_ARG"], CultureInfo.InvariantCulture, out var given) && given is >= 0 and <= 1 ? given : 1;
        return new(configuration["OTEL_TRACES_SAMPLER"]?.ToLowerInvariant() switch
        {
            "always_on" => new AlwaysOnSampler(),
            "always_off" => new AlwaysOffSampler(),
            "traceidratio" => new TraceIdRatioBasedSampler(ratio),
            "parentbased_always_off" => new ParentBasedSampler(new AlwaysOffSampler()),
            "parentbased_traceidratio" => new ParentBasedSampler(new TraceIdRatioBasedSampler(ratio)),
            _ => new ParentBasedSampler(new AlwaysOnSampler()),
        });
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (parent == default)
        {
            return samplingParameters.Kind == ActivityKind.Client ? new(SamplingDecision.Drop) : others.ShouldSample(samplingParameters);
        }

        return parent.IsRemote ? others.ShouldSample(samplingParameters) : new(parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
    }
}
