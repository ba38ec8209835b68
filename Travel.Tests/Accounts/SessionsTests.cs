using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class SessionsTests(TravelGraph graph)
{
    private const string Sessions = "/api/v1/sessions";

    [Fact]
    public async Task Somebody_sees_where_they_are_signed_in_and_which_one_is_here()
    {
        var account = await graph.AccountAsync();
        using var phone = graph.Visitor();
        phone.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36");
        phone.Use(await phone.SignInAsync(account).SessionAsync());
        using var laptop = await graph.SignedInAsync(account);
        using var somebodyElse = await graph.SignedInAsync(await graph.AccountAsync());

        var seen = (await laptop.GetAsync(Sessions).ReadAsync<Page<SessionSummary>>()).Items;

        seen.Select(session => (session.UserAgent, session.Current)).ShouldBe([(null, true), ("Chrome on Android", false)]);
    }

    [Fact]
    public async Task Signing_out_there_ends_that_session_and_no_other()
    {
        var account = await graph.AccountAsync();
        using var visitor = graph.Visitor();
        var there = await visitor.SignInAsync(account).SessionAsync();
        using var here = await graph.SignedInAsync(account);
        var id = (await here.GetAsync(Sessions).ReadAsync<Page<SessionSummary>>()).Items.Single(session => !session.Current).Id;

        using var ended = await here.DeleteAsync($"{Sessions}/{id}");
        using var again = await here.DeleteAsync($"{Sessions}/{id}");

        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var refresh = await visitor.RefreshAsync(there);
        await refresh.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        (await here.GetAsync(Sessions).ReadAsync<Page<SessionSummary>>()).Items.ShouldHaveSingleItem().Current.ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_ends_another_persons_session()
    {
        var account = await graph.AccountAsync();
        using var owner = await graph.SignedInAsync(account);
        var id = (await owner.GetAsync(Sessions).ReadAsync<Page<SessionSummary>>()).Items.Single().Id;
        using var other = await graph.SignedInAsync(await graph.AccountAsync());

        using var refused = await other.DeleteAsync($"{Sessions}/{id}");

        await refused.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await owner.GetAsync(Sessions)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/current", false)]
    [InlineData("", true)]
    public async Task Signing_out_here_or_everywhere_ends_the_refresh_token_and_what_the_access_token_could_change(string path, bool everywhere)
    {
        var account = await graph.AccountAsync();
        using var here = graph.Visitor();
        var session = await here.SignInAsync(account).SessionAsync();
        here.Use(session);
        using var there = await graph.SignedInAsync(account);

        (await here.DeleteAsync(Sessions + path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await here.RefreshAsync(session)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await here.GetAsync("/api/v1/me/export")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await here.BookAsync(await graph.Stays.FreeAsync())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await there.GetAsync("/api/v1/me")).StatusCode.ShouldBe(everywhere ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_that_ends_says_why()
    {
        var account = await graph.OwnAccountAsync();
        using var visitor = graph.Visitor();
        var session = await visitor.SignInAsync(account.SignIn).SessionAsync();
        await visitor.RefreshAsync(session).SessionAsync();

        (await visitor.RefreshAsync(session)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await using var db = await graph.DatabaseAsync();
        (await db.Sessions.SingleAsync(row => row.UserId == account.Id)).EndReason.ShouldBe(SessionEnd.TokenReused);
    }

    [Fact]
    public async Task A_session_that_an_Api_of_the_version_before_begins_is_a_session_too()
    {
        var account = await graph.OwnAccountAsync();
        var family = Guid.CreateVersion7();
        var (token, _) = RefreshToken.Issue(account.Id, family, TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow());
        await using var db = await graph.DatabaseAsync();

        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO refresh_tokens (id, family_id, user_id, token_hash, issued_at, expires_at) VALUES ({token.Id}, {family}, {account.Id}, {token.TokenHash}, {token.IssuedAt}, {token.ExpiresAt})");

        (await db.Sessions.SingleAsync(row => row.Id == family)).UserId.ShouldBe(account.Id);
    }

    [Fact]
    public async Task The_list_has_pages()
    {
        var account = await graph.AccountAsync();
        using var first = await graph.SignedInAsync(account);
        using var second = await graph.SignedInAsync(account);

        var page = await second.GetAsync(Sessions + "?limit=1").ReadAsync<Page<SessionSummary>>();
        var last = await second.GetAsync($"{Sessions}?limit=1&cursor={page.Next}").ReadAsync<Page<SessionSummary>>();

        page.Items.Concat(last.Items).Select(session => session.Current).ShouldBe([true, false]);
        last.Next.ShouldBeNull();
    }
}
