using System.Diagnostics;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Telemetry;

[Collection(TravelGraph.Collection)]
public sealed class LogTests(TravelGraph graph)
{
    [Fact]
    public async Task A_log_line_carries_the_trace_of_the_request_it_was_written_in()
    {
        using var visitor = graph.Visitor();
        var session = await visitor.SignInAsync(await graph.AccountAsync()).SessionAsync();
        await visitor.RefreshAsync(session).SessionAsync();
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        visitor.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");

        (await visitor.RefreshAsync(session)).Dispose();

        await Eventually.GetAsync(
            () => graph.Telemetry.LogsOfAsync(trace),
            lines => lines.Any(line => line.Contains("was used twice", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(30),
            "The warning of the second use, in its trace");
    }
}
