using Aspire.Hosting.Testing;
using System.Net;
using StackExchange.Redis;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class SignInLimitTests(TravelGraph graph)
{
    private const int PerAddress = 20;
    private const int PerAccount = 10;

    [Fact]
    public async Task A_visitor_who_tries_too_often_has_to_wait_and_the_next_visitor_has_not()
    {
        using var visitor = graph.Visitor();
        using var next = graph.Visitor();

        var answers = await GuessAsync(PerAddress + 1, _ => visitor, _ => AnyEmail());

        answers.Take(PerAddress).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Unauthorized);
        await ShouldHaveToWaitAsync(answers[^1]);
        await next.SignInAsync(await graph.AccountAsync()).SessionAsync();
    }

    [Fact]
    public async Task Who_changes_addresses_within_one_network_of_IPv6_gains_no_attempts()
    {
        var network = $"2001:db8:{Random.Shared.Next(0x10000):x}:{Random.Shared.Next(0xffff):x}";

        var answers = await GuessAsync(PerAddress + 1, attempt => graph.VisitorFrom($"{network}:{attempt:x}::1"), _ => AnyEmail());

        answers.Take(PerAddress).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Unauthorized);
        await ShouldHaveToWaitAsync(answers[^1]);
        using var neighbour = graph.VisitorFrom("2001:db8:0:ffff::1");
        await neighbour.SignInAsync(await graph.AccountAsync()).SessionAsync();
    }

    [Fact]
    public async Task An_account_that_is_tried_too_often_is_closed_for_every_visitor_and_no_other_account_is()
    {
        var account = await graph.AccountAsync();

        var answers = await GuessAsync(PerAccount, _ => graph.Visitor(), _ => account.Email);

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Unauthorized);
        using var owner = graph.Visitor();
        using var right = await owner.SignInAsync(account with { Email = account.Email.ToUpperInvariant() });
        await ShouldHaveToWaitAsync(right);
        await owner.SignInAsync(await graph.AccountAsync()).SessionAsync();
    }

    [Fact]
    public async Task Without_the_key_of_Web_another_address_in_the_header_gains_no_attempts()
    {
        var answers = await GuessAsync(
            PerAddress + 1,
            attempt =>
            {
                var client = graph.Anonymous();
                client.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.19.0.{attempt}");
                return client;
            },
            _ => AnyEmail());

        await ShouldHaveToWaitAsync(answers[^1]);
        ForgetThisMachine((await graph.App.GetConnectionStringAsync(ResourceNames.Cache))!);
    }

    private static string AnyEmail() => $"{Guid.NewGuid():N}@example.org";

    private static async Task<List<HttpResponseMessage>> GuessAsync(int times, Func<int, HttpClient> visitor, Func<int, string> email)
    {
        var answers = new List<HttpResponseMessage>();
        for (var attempt = 0; attempt < times; attempt++)
        {
            answers.Add(await visitor(attempt).SignInAsync(new SignInRequest(email(attempt), "wrong")));
        }

        return answers;
    }

    private static async Task ShouldHaveToWaitAsync(HttpResponseMessage answer)
    {
        await answer.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 60);
    }

    /// <summary>Other tests come from here too, and need their attempts.</summary>
    private static void ForgetThisMachine(string cache)
    {
        using var redis = ConnectionMultiplexer.Connect(cache);
        foreach (var address in new[] { "127.0.0.1", "::/64" })
        {
            redis.GetDatabase().KeyDelete("travel:attempts:sign-in:address:" + address);
        }
    }
}
