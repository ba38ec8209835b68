using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Travel.ServiceDefaults.Telemetry;

/// <summary>
/// A trace begins with a request, a message or a job. A call to a database or a server that belongs to none of them (a health check,
/// a look at an empty outbox) would be a trace of its own every other second and bury the rest.
/// </summary>
internal sealed class RootSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
