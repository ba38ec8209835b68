using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Health;

[Collection(TravelGraph.Outages)]
public sealed class HealthTests(TravelGraph graph)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);
    private static readonly string[] Services = [ResourceNames.Api, ResourceNames.Worker, ResourceNames.Web];

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
    [InlineData(ResourceNames.Api, 4)]
    [InlineData(ResourceNames.Worker, 5)]
    public async Task Health_looks_at_what_a_service_needs_and_alive_at_nothing(string service, int checks)
    {
        using var client = graph.App.CreateHttpClient(service, "http");

        var health = await client.GetFromJsonAsync<JsonElement>("/health");
        var alive = await client.GetFromJsonAsync<JsonElement>("/alive");

        health.GetProperty("checks").EnumerateObject().Count().ShouldBe(checks);
        health.GetProperty("checks").TryGetProperty(ResourceNames.Messaging, out _).ShouldBeTrue();
        health.GetProperty("checks").TryGetProperty(ResourceNames.Chapa, out _).ShouldBeTrue();
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
            var guessed = await graph.AccountAsync();
            await Eventually.GetAsync(
                async () =>
                {
                    using var guess = await visitor.SignInAsync(guessed with { Password = "a guess" });
                    return guess.StatusCode;
                },
                status => status == HttpStatusCode.TooManyRequests,
                TimeSpan.FromSeconds(30),
                "A guess that is one too many");
        }
        finally
        {
            await graph.StartAsync(ResourceNames.Cache);
        }

        await BecomesHealthyAsync(ResourceNames.Api);
    }

    [Theory]
    [InlineData(ResourceNames.Cache)]
    [InlineData(ResourceNames.Messaging)]
    [InlineData(ResourceNames.Cache, ResourceNames.Messaging)]
    public async Task Without_Redis_or_RabbitMQ_or_both_a_booking_is_made_and_all_recovers_by_itself(params string[] away)
    {
        using var guest = await graph.GuestAsync();
        foreach (var server in away)
        {
            await graph.StopAsync(server);
        }

        BookingResponse booking;
        try
        {
            using var health = await guest.GetAsync("/health");
            health.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await StatusAsync(health)).ShouldBe("Degraded");
            booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        }
        finally
        {
            foreach (var server in away)
            {
                await graph.StartAsync(server);
            }
        }

        foreach (var service in Services)
        {
            await BecomesHealthyAsync(service);
        }

        (await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, Recovery)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_the_payment_gateway_nobody_pays_and_all_else_goes_on()
    {
        using var guest = await graph.GuestAsync();
        await graph.StopAsync(ResourceNames.Chapa);
        try
        {
            await Eventually.GetAsync(
                async () =>
                {
                    using var health = await guest.GetAsync("/health");
                    health.StatusCode.ShouldBe(HttpStatusCode.OK);
                    return await StatusAsync(health);
                },
                status => status == "Degraded",
                Recovery,
                "A health that tells of the gateway");
            var held = await graph.HeldStayAsync(guest);
            using var paying = await guest.TryCheckoutAsync(held.Id);
            await paying.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "payment-away");
        }
        finally
        {
            await graph.StartAsync(ResourceNames.Chapa);
        }

        await BecomesHealthyAsync(ResourceNames.Api);
    }

    [Fact]
    public async Task Without_PostgreSQL_the_Api_says_that_it_is_unavailable_lives_on_and_recovers_by_itself()
    {
        using var guest = await graph.GuestAsync();
        var stay = await graph.Stays.FreeAsync();
        await graph.StopAsync(ResourceNames.Postgres);
        try
        {
            using var health = await guest.GetAsync("/health");
            using var alive = await guest.GetAsync("/alive");
            using var read = await guest.GetAsync("/api/v1/listings");
            using var write = await guest.BookAsync(stay);

            health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await StatusAsync(health)).ShouldBe("Unhealthy");
            alive.StatusCode.ShouldBe(HttpStatusCode.OK);
            foreach (var answer in new[] { read, write })
            {
                await answer.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
                answer.Headers.RetryAfter.ShouldNotBeNull();
            }
        }
        finally
        {
            await graph.StartAsync(ResourceNames.Postgres);
        }

        foreach (var service in Services)
        {
            await BecomesHealthyAsync(service);
        }

        var booking = await guest.BookedAsync(stay);
        (await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, Recovery)).ShouldHaveSingleItem();
    }

    // Several looks: each may be at another replica.
    private async Task BecomesHealthyAsync(string service)
    {
        using var client = graph.App.CreateHttpClient(service, "http");
        client.DefaultRequestHeaders.ConnectionClose = true;
        var inARow = 0;
        await Eventually.GetAsync(
            async () =>
            {
                using var answer = await client.GetAsync("/health");
                return inARow = await StatusAsync(answer) == "Healthy" ? inARow + 1 : 0;
            },
            healthy => healthy >= 5,
            Recovery,
            $"{service} healthy, in looks in a row");
    }

    private static async Task<string?> StatusAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString();
}
