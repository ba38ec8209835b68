using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Travel.Contracts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Telemetry;

/// <summary>What people search for is theirs: it is in the query string, and the query string is nowhere to be read afterwards.</summary>
[Collection(TravelGraph.Collection)]
public sealed class QueryStringTests(TravelGraph graph)
{
    [Theory]
    [InlineData(ResourceNames.Api, "/api/v1/listings?q=")]
    [InlineData(ResourceNames.Api, "/api/v1/listings?limit=0&q=")]
    [InlineData(ResourceNames.Api, "/api/v1/nothing?q=")]
    [InlineData(ResourceNames.Web, "/stays?q=")]
    [InlineData(ResourceNames.Web, "/there-is-no-such-page?q=")]
    public async Task A_query_string_is_in_no_trace_and_no_log(string service, string address)
    {
        var secret = Guid.NewGuid().ToString("N");
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var client = new HttpClient { BaseAddress = service == ResourceNames.Api ? graph.Anonymous().BaseAddress : graph.Web };
        client.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        using var answer = await client.GetAsync(address + secret);

        var spans = await Eventually.GetAsync(
            () => graph.Telemetry.SpansOfAsync(trace),
            spans => spans.Any(span => span.Service == service && span.Scope == "Microsoft.AspNetCore"),
            TimeSpan.FromSeconds(30),
            "The span of the request");
        spans.ShouldAllBe(span => !span.Name.Contains(secret, StringComparison.Ordinal) && !span.Attributes.Contains(secret, StringComparison.Ordinal));
        (await ConsoleOfAsync(ResourceNames.Api)).ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
        (await ConsoleOfAsync(ResourceNames.Web)).ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>All that its processes have written so far.</summary>
    private async Task<List<string>> ConsoleOfAsync(string resource)
    {
        var consoles = graph.App.Services.GetRequiredService<ResourceLoggerService>();
        var written = new List<string>();
        foreach (var process in await graph.ProcessesAsync(resource))
        {
            await foreach (var lines in consoles.WatchAsync(process.ResourceId))
            {
                written.AddRange(lines.Select(line => line.Content));
                break;
            }
        }

        written.ShouldNotBeEmpty();
        return written;
    }
}
