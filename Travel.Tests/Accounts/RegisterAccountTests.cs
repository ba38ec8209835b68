using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class RegisterAccountTests(TravelGraph graph)
{
    private const string Password = "correct horse";
    private const string Confirm = "Confirm your address";

    [Fact]
    public async Task Who_registers_gets_a_mail_and_can_sign_in_once_its_link_is_followed()
    {
        using var visitor = graph.Visitor();
        var email = NewAddress();
        await RegisteredAsync(visitor, email, AccountRole.Host);
        using var early = await visitor.SignInAsync(new SignInRequest(email, Password));
        await early.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");

        var token = (await graph.Mailbox.WaitForMailToAsync(email, Confirm)).Token();
        using var verified = await VerifyAsync(visitor, token);
        using var again = await VerifyAsync(visitor, token);

        verified.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await again.ShouldBeInvalidAsync("token");
        visitor.Use(await visitor.SignInAsync(new SignInRequest(email, Password)).SessionAsync());
        var me = await visitor.GetAsync("/api/v1/me").ReadAsync<MeResponse>();
        (me.Email, me.DisplayName, me.Role).ShouldBe((email, "Sara", AccountRole.Host));
    }

    [Fact]
    public async Task A_known_address_gets_the_same_answer_and_its_owner_a_mail_that_says_so()
    {
        using var visitor = graph.Visitor();
        var account = await graph.AccountAsync();
        using var asNew = await RegisterAsync(visitor, NewAddress());

        using var answer = await RegisterAsync(visitor, account.Email.ToUpperInvariant());

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(await asNew.Content.ReadAsStringAsync());
        answer.Headers.Select(header => header.Key).ShouldBe(asNew.Headers.Select(header => header.Key));
        var mail = await graph.Mailbox.WaitForMailToAsync(account.Email, "You already have an account");
        mail.Text.ShouldNotContain("token=");
        await visitor.SignInAsync(account).SessionAsync();
    }

    [Fact]
    public async Task The_last_to_register_an_unverified_address_has_it_and_links_from_before_are_useless()
    {
        using var visitor = graph.Visitor();
        var email = NewAddress();
        await RegisteredAsync(visitor, email);
        var first = (await graph.Mailbox.WaitForMailToAsync(email, Confirm)).Token();
        (await visitor.PostJsonAsync("/api/v1/accounts", new RegisterRequest(email, "another horse", "Hana"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var mails = await Eventually.GetAsync(
            () => graph.Mailbox.MailsToAsync(email), seen => seen.Count == 2, TimeSpan.FromSeconds(30), "A second mail");

        (await VerifyAsync(visitor, first)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await VerifyAsync(visitor, mails.Select(mail => mail.Token()).Single(token => token != first))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await visitor.SignInAsync(new SignInRequest(email, Password))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await visitor.SignInAsync(new SignInRequest(email, "another horse")).SessionAsync();
    }

    [Fact]
    public async Task Who_follows_the_link_of_somebody_elses_registration_opens_no_account_with_somebody_elses_password()
    {
        using var owner = graph.Visitor();
        using var stranger = graph.Visitor();
        var email = NewAddress();
        (await stranger.PostJsonAsync("/api/v1/accounts", new RegisterRequest(email, "a stranger's horse", "Sara"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var token = (await graph.Mailbox.WaitForMailToAsync(email, Confirm)).Token();

        using var refused = await VerifyAsync(owner, token, Password);
        using var stillClosed = await stranger.SignInAsync(new SignInRequest(email, "a stranger's horse"));
        using var unknown = await VerifyAsync(owner, "no-link-of-ours", Password);
        using var right = await VerifyAsync(stranger, token, "a stranger's horse");

        await refused.ShouldBeInvalidAsync("password");
        await stillClosed.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await unknown.ShouldBeInvalidAsync("token");
        right.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_mail_can_be_had_again_and_says_nothing_about_other_addresses()
    {
        using var visitor = graph.Visitor();
        var email = NewAddress();
        await RegisteredAsync(visitor, email);
        await graph.Mailbox.WaitForMailToAsync(email, Confirm);

        using var known = await visitor.PostJsonAsync("/api/v1/accounts/verification-mail", new AccountMailRequest(email));
        using var unknown = await visitor.PostJsonAsync("/api/v1/accounts/verification-mail", new AccountMailRequest(NewAddress()));

        known.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var second = (await graph.Mailbox.WaitForMailToAsync(email, Confirm, count: 2)).Token();
        (await VerifyAsync(visitor, second)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Nobody_has_words_of_their_own_sent_to_an_address_that_is_not_proven()
    {
        using var visitor = graph.Visitor();
        var email = NewAddress();
        (await visitor.PostJsonAsync("/api/v1/accounts", new RegisterRequest(email, Password, "You have won"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await visitor.PostJsonAsync("/api/v1/accounts/password-reset", new AccountMailRequest(email))).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await graph.Mailbox.WaitForMailToAsync(email, Confirm);
        await graph.Mailbox.WaitForMailToAsync(email, "Choose a new password");

        var mails = await graph.Mailbox.MailsToAsync(email);
        mails.Count.ShouldBe(2);
        mails.ShouldAllBe(mail => !mail.ToString().Contains("You have won"));
    }

    [Fact]
    public async Task The_secret_of_the_link_is_in_the_mail_and_nowhere_else()
    {
        using var visitor = graph.Visitor();
        var email = NewAddress();
        await RegisteredAsync(visitor, email);
        var token = (await graph.Mailbox.WaitForMailToAsync(email, Confirm)).Token();

        await using var db = await graph.DatabaseAsync();
        var userId = (await db.Users.SingleAsync(user => user.Email == email)).Id;
        var bodies = await db.Outbox.Where(message => message.Body.Contains(userId.ToString())).Select(message => message.Body).ToListAsync();
        bodies.ShouldBe([$$"""{"userId":"{{userId}}"}"""]);
        var mails = await db.Database.SqlQuery<string>($"SELECT m::text AS \"Value\" FROM mails m WHERE recipient_id = {userId}").ToListAsync();
        mails.ShouldHaveSingleItem().ShouldNotContain(token);
    }

    [Theory]
    [InlineData("""{"email":"nobody","password":"correct horse","displayName":"Sara"}""", "email")]
    [InlineData("""{"email":"sara@example.org","password":"short","displayName":"Sara"}""", "password")]
    [InlineData("""{"email":"sara@example.org","password":"SARA@example.org","displayName":"Sara"}""", "password")]
    [InlineData("""{"email":"sara@example.org","password":"correct horse","displayName":" "}""", "displayName")]
    [InlineData("""{"email":"sara@example.org","password":"correct horse","displayName":"Win at http://example.org"}""", "displayName")]
    [InlineData("""{"email":"sara@example.org","password":"correct horse","displayName":"Sara","role":"operator"}""", "role")]
    [InlineData("""{"email":"sara@example.org","password":"correct horse","displayName":"Sara","verified":true}""", "verified")]
    [InlineData("""{"email":"sara@example.org","password":"correct horse"}""", "displayName")]
    public async Task What_is_wrong_with_a_registration_is_named(string body, string field)
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.PostAsync("/api/v1/accounts", new StringContent(body, new MediaTypeHeaderValue("application/json")));

        await answer.ShouldBeInvalidAsync(field);
    }

    [Theory]
    [InlineData("/api/v1/accounts")]
    [InlineData("/api/v1/accounts/password-reset")]
    public async Task Who_asks_for_too_many_mails_has_to_wait_and_so_has_whoever_floods_one_mailbox(string path)
    {
        using var visitor = graph.Visitor();
        var flooded = NewAddress();
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 11; attempt++)
        {
            using var answer = await AskAsync(visitor, path, NewAddress());
            using var other = graph.Visitor();
            using var flood = await AskAsync(other, path, flooded);
            answers.Add(answer.StatusCode);
            flood.StatusCode.ShouldBe(answer.StatusCode);
        }

        answers.ShouldBe([.. Enumerable.Repeat(HttpStatusCode.Accepted, 10), HttpStatusCode.TooManyRequests]);
    }

    private static string NewAddress() => $"{Guid.NewGuid():N}@example.org";

    /// <summary>The name of the endpoint's own request; for a registration with what else it needs.</summary>
    private static Task<HttpResponseMessage> AskAsync(HttpClient visitor, string path, string email) => path.EndsWith("reset", StringComparison.Ordinal)
        ? visitor.PostJsonAsync(path, new AccountMailRequest(email))
        : RegisterAsync(visitor, email);

    private static Task<HttpResponseMessage> RegisterAsync(HttpClient visitor, string email, AccountRole role = AccountRole.Guest) =>
        visitor.PostJsonAsync("/api/v1/accounts", new RegisterRequest(email, Password, "Sara", role));

    private static async Task RegisteredAsync(HttpClient visitor, string email, AccountRole role = AccountRole.Guest)
    {
        using var answer = await RegisterAsync(visitor, email, role);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> VerifyAsync(HttpClient visitor, string token, string? password = null) =>
        visitor.PostJsonAsync("/api/v1/accounts/verification", new VerifyAddressRequest(token, password));
}
