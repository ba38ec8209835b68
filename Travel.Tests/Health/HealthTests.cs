using Aspire.Hosting.Testing;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Travel.Contracts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Health;

[Collection(TravelGraph.Collection)]
public sealed class HealthTests(TravelGraph graph)
{
    [Theory]
    [InlineData(ResourceNames.Api, "/health")]
    [InlineData(ResourceNames.Api, "/alive")]
    [InlineData(ResourceNames.Worker, "/health")]
    [InlineData(ResourceNames.Worker, "/alive")]
    [InlineData(ResourceNames.Web, "/health")]
    [InlineData(ResourceNames.Web, "/alive")]
    public async Task Every_service_says_that_it_is_well(string service, string path)
    {
        using var client = graph.App.CreateHttpClient(service, "http");

        using var answer = await client.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(answer)).ShouldBe("Healthy");
    }

    [Theory]
    [InlineData(ResourceNames.Api)]
    [InlineData(ResourceNames.Worker)]
    public async Task Health_looks_at_what_a_service_needs_and_alive_at_nothing(string service)
    {
        using var client = graph.App.CreateHttpClient(service, "http");

        var health = await client.GetFromJsonAsync<JsonElement>("/health");
        var alive = await client.GetFromJsonAsync<JsonElement>("/alive");

        health.GetProperty("checks").EnumerateObject().Count().ShouldBe(3);
        health.GetProperty("checks").TryGetProperty(ResourceNames.Messaging, out _).ShouldBeTrue();
        alive.GetProperty("checks").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_Redis_the_Api_is_degraded_still_ready_and_still_counts_attempts()
    {
        using var client = graph.Anonymous();
        using var visitor = graph.Visitor();
        await graph.StopAsync(ResourceNames.Cache);
        try
        {
            using var answer = await client.GetAsync("/health");

            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await StatusAsync(answer)).ShouldBe("Degraded");
            await visitor.SignInAsync(await graph.AccountAsync()).SessionAsync();
        }
        finally
        {
            await graph.StartAsync(ResourceNames.Cache);
        }

        await Eventually.GetAsync(
            async () =>
            {
                using var answer = await client.GetAsync("/health");
                return await StatusAsync(answer);
            },
            status => status == "Healthy",
            TimeSpan.FromSeconds(30),
            "The Api with Redis back");
    }

    private static async Task<string?> StatusAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString();
}
