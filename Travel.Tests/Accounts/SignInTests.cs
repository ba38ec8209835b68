using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Contracts.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class SignInTests(TravelGraph graph)
{
    [Fact]
    public async Task Who_knows_the_password_gets_a_session()
    {
        using var visitor = graph.Visitor();
        var account = await graph.AccountAsync();

        var session = await visitor.SignInAsync(account with { Email = " " + account.Email.ToUpperInvariant() }).SessionAsync();

        session.AccessTokenExpiresAt.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        visitor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        using var known = await visitor.GetAsync($"/api/v1/bookings/{Guid.NewGuid()}");
        known.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_get_the_same_answer()
    {
        using var visitor = graph.Visitor();
        var account = await graph.AccountAsync();

        using var wrong = await visitor.SignInAsync(account with { Password = "wrong" });
        using var unknown = await visitor.SignInAsync(new SignInRequest("nobody@example.org", "wrong"));

        var first = await wrong.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        var second = await unknown.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        foreach (var part in new[] { "type", "title", "detail" })
        {
            second.GetProperty(part).GetString().ShouldBe(first.GetProperty(part).GetString());
        }
    }

    [Fact]
    public async Task Who_registers_an_address_with_a_password_of_their_own_does_not_see_by_it_whether_the_address_had_an_account()
    {
        using var visitor = graph.Visitor();
        var theirs = (await graph.AccountAsync()) with { Password = "correct horse" };
        var nobodys = theirs with { Email = $"{Guid.NewGuid():N}@example.org" };
        foreach (var registration in new[] { theirs, nobodys })
        {
            using var registered = await visitor.PostJsonAsync("/api/v1/accounts", new RegisterRequest(registration.Email, registration.Password, "Sara"));
            registered.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        using var known = await visitor.SignInAsync(theirs);
        using var unknown = await visitor.SignInAsync(nobodys);

        var first = await known.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        var second = await unknown.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        first.GetProperty("detail").GetString().ShouldBe(second.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_password_that_is_changed_while_somebody_signs_in_with_it_lets_nobody_in(bool changed)
    {
        var account = await graph.OwnAccountAsync();
        await using var db = await graph.DatabaseAsync();
        await using var elsewhere = await graph.DatabaseAsync();
        var hasher = new CountingHasher(() => elsewhere.Users.Where(user => user.Id == account.Id && changed)
            .ExecuteUpdate(user => user.SetProperty(row => row.SecurityStamp, "another")));
        var tokens = Options.Create(new AccessTokenOptions { SigningKey = TravelGraph.AccessTokenKey });
        var signIn = new SignIn(
            db, new PasswordCheck(db, hasher, Options.Create(new LockOutOptions()), TimeProvider.System), new AccessTokens(tokens, TimeProvider.System), tokens, TimeProvider.System);

        var session = await signIn.ExecuteAsync(account.SignIn, userAgent: null, CancellationToken.None);

        (session is null).ShouldBe(changed);
        hasher.Hashes.ShouldBe(1);
        (await elsewhere.Sessions.AnyAsync(row => row.UserId == account.Id)).ShouldBe(!changed);
    }

    [Fact]
    public async Task An_account_without_a_password_is_nobodys()
    {
        using var visitor = graph.Visitor();
        await using var db = await graph.DatabaseAsync();
        var host = await db.Users.AsNoTracking().FirstAsync(user => user.PasswordHash == null && user.Email != null);

        using var answer = await visitor.SignInAsync(new SignInRequest(host.Email!, "Travel-demo-1"));

        await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory]
    [InlineData("""{"email":"","password":"x"}""", "email")]
    [InlineData("""{"email":"a@example.org","password":""}""", "password")]
    [InlineData("""{"email":"a@example.org"}""", "password")]
    [InlineData("""{"email":null,"password":"x"}""", "email")]
    [InlineData("""{"email":"a@example.org","password":"x","role":"operator"}""", "role")]
    public async Task What_is_missing_or_too_much_is_named(string body, string field)
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.PostAsync("/api/v1/sessions", new StringContent(body, new MediaTypeHeaderValue("application/json")));

        await answer.ShouldBeInvalidAsync(field);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("another key")]
    [InlineData("no token")]
    public async Task A_token_that_we_did_not_sign_is_nobodys(string forgery)
    {
        var person = await graph.PersonAsync();
        using var theirs = graph.As(person);
        using var forger = graph.Visitor();
        var token = theirs.DefaultRequestHeaders.Authorization!.Parameter!;
        forger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Forged(token, forgery));

        using var right = await theirs.GetAsync("/api/v1/me");
        using var wrong = await forger.GetAsync("/api/v1/me");

        right.StatusCode.ShouldBe(HttpStatusCode.OK);
        await wrong.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    /// <summary>The same claims, as right as the token's own, and not our signature under them.</summary>
    private static string Forged(string token, string how)
    {
        var claims = token.Split('.')[1];
        switch (how)
        {
            case "none":
                return $"{Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8)}.{claims}.";
            case "another key":
                var content = $"{token.Split('.')[0]}.{claims}";
                return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(new byte[32], Encoding.ASCII.GetBytes(content)))}";
            default:
                return claims;
        }
    }
}
