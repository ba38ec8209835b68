using System.Diagnostics;
using OpenTelemetry.Trace;
using Travel.ServiceDefaults.Telemetry;

namespace Travel.Tests.Telemetry;

public sealed class RootSamplerTests
{
    [Theory]
    [InlineData(ActivityKind.Server)]
    [InlineData(ActivityKind.Consumer)]
    [InlineData(ActivityKind.Producer)]
    [InlineData(ActivityKind.Internal)]
    public void A_trace_begins_with_a_request_a_message_or_a_job(ActivityKind kind) => Decide(kind).ShouldBe(SamplingDecision.RecordAndSample);

    [Fact]
    public void A_trace_never_begins_with_a_call_to_another_system() => Decide(ActivityKind.Client).ShouldBe(SamplingDecision.Drop);

    private static SamplingDecision Decide(ActivityKind kind) =>
        new RootSampler().ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), "call", kind)).Decision;
}
