using System.Net;
using Aspire.Hosting.Testing;
using StackExchange.Redis;
using Travel.Contracts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Limits;

[Collection(TravelGraph.Collection)]
public sealed class WriteLimitTests(TravelGraph graph)
{
    [Fact]
    public async Task Replicas_count_the_writes_of_a_user_together()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync((await graph.App.GetConnectionStringAsync(ResourceNames.Cache))!);
        await using var one = await PipelineHost.StartAsync(graph, redis);
        await using var other = await PipelineHost.StartAsync(graph, redis);
        var person = await graph.PersonAsync();
        using var here = one.Visitor("203.0.113.10", person);
        using var there = other.Visitor("203.0.113.11", person);

        var answers = new List<HttpStatusCode>();
        for (var write = 0; write < PipelineHost.Writes + 1; write++)
        {
            using var answer = await (write % 2 == 0 ? here : there).PostAsync("/write", content: null);
            answers.Add(answer.StatusCode);
        }

        answers.ShouldBe([.. Enumerable.Repeat(HttpStatusCode.OK, PipelineHost.Writes), HttpStatusCode.TooManyRequests]);
    }
}
