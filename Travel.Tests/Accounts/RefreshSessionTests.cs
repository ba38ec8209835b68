using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Contracts.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class RefreshSessionTests(TravelGraph graph)
{
    [Fact]
    public async Task Each_refresh_gives_the_next_token_of_the_session()
    {
        using var visitor = graph.Visitor();
        var first = await visitor.SignInAsync(await graph.AccountAsync()).SessionAsync();

        var second = await visitor.RefreshAsync(first).SessionAsync();
        var third = await visitor.RefreshAsync(second).SessionAsync();

        new[] { first, second, third }.Select(session => session.RefreshToken).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_token_used_a_second_time_ends_its_session_and_no_other()
    {
        using var visitor = graph.Visitor();
        var account = await graph.AccountAsync();
        var stolen = await visitor.SignInAsync(account).SessionAsync();
        var elsewhere = await visitor.SignInAsync(account).SessionAsync();
        var second = await visitor.RefreshAsync(stolen).SessionAsync();
        var third = await visitor.RefreshAsync(second).SessionAsync();

        await ShouldHaveEndedAsync(visitor, stolen);

        await ShouldHaveEndedAsync(visitor, third);
        await visitor.RefreshAsync(elsewhere).SessionAsync();
    }

    [Fact]
    public async Task Of_many_refreshes_with_one_token_at_once_exactly_one_is_the_first_and_the_session_ends()
    {
        using var visitor = graph.Visitor();
        var session = await visitor.SignInAsync(await graph.AccountAsync()).SessionAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => visitor.RefreshAsync(session)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(7);
        var next = await Task.FromResult(answers.Single(answer => answer.StatusCode == HttpStatusCode.OK)).SessionAsync();
        await ShouldHaveEndedAsync(visitor, next);
    }

    [Fact]
    public async Task A_refresh_whose_commit_nobody_heard_of_is_no_theft()
    {
        using var visitor = graph.Visitor();
        var session = await visitor.SignInAsync(await graph.AccountAsync()).SessionAsync();
        var lost = new LostCommit();
        await using var db = await lost.DatabaseAsync(graph);
        var tokens = Options.Create(new AccessTokenOptions { SigningKey = TravelGraph.AccessTokenKey });
        var refresh = new RefreshSession(
            db, new AccessTokens(tokens, TimeProvider.System), tokens, TimeProvider.System, NullLogger<RefreshSession>.Instance);

        var next = await refresh.ExecuteAsync(new RefreshSessionRequest(session.RefreshToken), CancellationToken.None);

        lost.Commits.ShouldBe(1);
        await visitor.RefreshAsync(next.ShouldNotBeNull()).SessionAsync();
    }

    [Fact]
    public async Task A_refresh_token_is_nowhere_to_be_read()
    {
        using var visitor = graph.Visitor();
        var account = await graph.AccountAsync();
        var session = await visitor.SignInAsync(account).SessionAsync();
        await using var db = await graph.DatabaseAsync();

        var stored = await db.Database.SqlQuery<string>(
            $"SELECT u.email || t::text AS \"Value\" FROM refresh_tokens t JOIN users u ON u.id = t.user_id WHERE u.email = {account.Email}").SingleAsync();

        stored.ShouldNotContain(session.RefreshToken);
        stored.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(session.RefreshToken)));
        stored.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session.RefreshToken))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-token-of-ours")]
    public async Task A_token_that_we_did_not_issue_refreshes_nothing(string token)
    {
        using var visitor = graph.Visitor();

        await ShouldHaveEndedAsync(visitor, new SessionResponse("", default, token));
    }

    private static async Task ShouldHaveEndedAsync(HttpClient visitor, SessionResponse session)
    {
        using var answer = await visitor.RefreshAsync(session);
        await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }
}
