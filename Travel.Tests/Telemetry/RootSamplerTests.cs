using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;
using Travel.ServiceDefaults.Telemetry;

namespace Travel.Tests.Telemetry;

public sealed class RootSamplerTests
{
    [Theory]
    [InlineData(ActivityKind.Server, true)]
    [InlineData(ActivityKind.Consumer, true)]
    [InlineData(ActivityKind.Internal, true)]
    [InlineData(ActivityKind.Client, false)]
    public void A_call_that_belongs_to_nothing_begins_no_trace(ActivityKind kind, bool recorded) => Recorded(kind).ShouldBe(recorded);

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("always_on", null, true)]
    [InlineData("always_off", null, false)]
    [InlineData("traceidratio", "0", false)]
    [InlineData("traceidratio", "1", true)]
    [InlineData("parentbased_always_on", null, true)]
    [InlineData("parentbased_always_off", null, false)]
    [InlineData("parentbased_traceidratio", "0.0", false)]
    public void The_standard_variables_decide_about_requests(string? sampler, string? argument, bool recorded) =>
        Recorded(ActivityKind.Server, default, sampler, argument).ShouldBe(recorded);

    [Theory]
    [InlineData("always_on", false, true)]
    [InlineData("always_off", true, false)]
    [InlineData("parentbased_always_on", false, false)]
    [InlineData("parentbased_always_off", true, true)]
    public void The_caller_counts_where_the_sampler_is_based_on_it(string sampler, bool callerRecords, bool recorded) =>
        Recorded(ActivityKind.Server, Parent(callerRecords, isRemote: true), sampler).ShouldBe(recorded);

    [Theory]
    [InlineData(ActivityKind.Client, true)]
    [InlineData(ActivityKind.Client, false)]
    public void What_belongs_to_something_in_this_process_is_recorded_when_that_is(ActivityKind kind, bool recorded) =>
        Recorded(kind, Parent(recorded, isRemote: false), "always_on").ShouldBe(recorded);

    private static ActivityContext Parent(bool records, bool isRemote) => new(
        ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), records ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, traceState: null, isRemote);

    private static bool Recorded(ActivityKind kind, ActivityContext parent = default, string? sampler = null, string? argument = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("OTEL_TRACES_SAMPLER", sampler), new("OTEL_TRACES_SAMPLER_ARG", argument)])
            .Build();
        var parameters = new SamplingParameters(parent, ActivityTraceId.CreateRandom(), "something", kind);
        return RootSampler.Of(configuration).ShouldSample(parameters).Decision == SamplingDecision.RecordAndSample;
    }
}
