using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Outbox;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class PasswordTests(TravelGraph graph)
{
    private const string Next = "another horse";
    private const string Reset = "/api/v1/accounts/password-reset";

    [Fact]
    public async Task A_reset_takes_the_new_password_ends_all_sessions_and_says_so_by_mail()
    {
        var account = await graph.AccountAsync();
        using var elsewhere = graph.Visitor();
        var running = await elsewhere.SignInAsync(account).SessionAsync();
        elsewhere.Use(running);
        using var visitor = graph.Visitor();
        var token = await ResetTokenAsync(visitor, account);

        using var weak = await visitor.PutJsonAsync(Reset, new ResetPasswordRequest(token, "short"));
        using var done = await visitor.PutJsonAsync(Reset, new ResetPasswordRequest(token, Next));
        using var again = await visitor.PutJsonAsync(Reset, new ResetPasswordRequest(token, "yet another horse"));

        await weak.ShouldBeInvalidAsync("password");
        done.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await again.ShouldBeInvalidAsync("token");
        (await elsewhere.RefreshAsync(running)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await elsewhere.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await visitor.SignInAsync(account)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await visitor.SignInAsync(account with { Password = Next }).SessionAsync();
        await graph.Mailbox.WaitForMailToAsync(account.Email, "Your password was changed");
    }

    [Fact]
    public async Task A_reset_of_an_address_that_is_nobodys_is_answered_the_same()
    {
        using var visitor = graph.Visitor();
        using var known = await visitor.PostJsonAsync(Reset, new AccountMailRequest((await graph.AccountAsync()).Email));

        using var unknown = await visitor.PostJsonAsync(Reset, new AccountMailRequest($"{Guid.NewGuid():N}@example.org"));

        unknown.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        known.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await unknown.Content.ReadAsStringAsync()).ShouldBe(await known.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Who_comes_with_too_many_links_has_to_wait()
    {
        using var visitor = graph.Visitor();
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 11; attempt++)
        {
            using var answer = await visitor.PutJsonAsync(Reset, new ResetPasswordRequest("no-link-of-ours", Next));
            answers.Add(answer.StatusCode);
        }

        answers.ShouldBe([.. Enumerable.Repeat(HttpStatusCode.BadRequest, 10), HttpStatusCode.TooManyRequests]);
    }

    [Fact]
    public async Task A_change_a_reset_and_a_proof_whose_commit_nobody_heard_of_are_done_and_said_to_be()
    {
        var account = await graph.OwnAccountAsync(verified: false);
        var hasher = new PasswordHasher<User>();

        (await LostAsync(async db => await new VerifyAddress(db, hasher, new OutboxSignal(), TimeProvider.System)
            .ExecuteAsync(new VerifyAddressRequest(await TokenAsync(account, AccountTokenPurpose.VerifyAddress)), CancellationToken.None))).ShouldBeEmpty();
        (await LostAsync(async db => await new ResetPassword(db, hasher, new OutboxSignal(), TimeProvider.System)
            .ExecuteAsync(new ResetPasswordRequest(await TokenAsync(account, AccountTokenPurpose.ResetPassword), Next), CancellationToken.None))).ShouldBeEmpty();
        (await LostAsync(db => new ChangePassword(
                db, new PasswordCheck(db, hasher, Options.Create(new LockOutOptions()), TimeProvider.System), hasher, new OutboxSignal(), TimeProvider.System)
            .ExecuteAsync(account.Id, Guid.NewGuid(), new ChangePasswordRequest(Next, "yet another horse"), CancellationToken.None))).ShouldBeEmpty();

        using var visitor = graph.Visitor();
        await visitor.SignInAsync(account.SignIn with { Password = "yet another horse" }).SessionAsync();
    }

    [Fact]
    public async Task A_reset_proves_the_address_too()
    {
        var account = (await graph.OwnAccountAsync(verified: false)).SignIn;
        using var visitor = graph.Visitor();

        using var done = await visitor.PutJsonAsync(Reset, new ResetPasswordRequest(await ResetTokenAsync(visitor, account), Next));

        done.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await visitor.SignInAsync(account with { Password = Next }).SessionAsync();
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions_and_makes_reset_links_useless()
    {
        var account = await graph.AccountAsync();
        using var other = graph.Visitor();
        var there = await other.SignInAsync(account).SessionAsync();
        using var here = await graph.SignedInAsync(account);
        var link = await ResetTokenAsync(here, account);

        using var wrong = await here.PutJsonAsync("/api/v1/me/password", new ChangePasswordRequest("wrong", Next));
        using var weak = await here.PutJsonAsync("/api/v1/me/password", new ChangePasswordRequest(account.Password, "1234567890"));
        using var done = await here.PutJsonAsync("/api/v1/me/password", new ChangePasswordRequest(account.Password, Next));

        await wrong.ShouldBeInvalidAsync("currentPassword");
        await weak.ShouldBeInvalidAsync("newPassword");
        done.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await other.RefreshAsync(there)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await here.GetAsync("/api/v1/sessions").ReadAsync<Page<SessionSummary>>()).Items.ShouldHaveSingleItem().Current.ShouldBeTrue();
        using var late = await here.PutJsonAsync(Reset, new ResetPasswordRequest(link, "yet another horse"));
        await late.ShouldBeInvalidAsync("token");
        await graph.Mailbox.WaitForMailToAsync(account.Email, "Your password was changed");
    }

    private async Task<T> LostAsync<T>(Func<TravelDbContext, Task<T>> work)
    {
        var lost = new LostCommit();
        await using var db = await lost.DatabaseAsync(graph);
        var result = await work(db);
        lost.Commits.ShouldBe(1);
        return result;
    }

    private async Task<string> TokenAsync(Account account, AccountTokenPurpose purpose)
    {
        await using var db = await graph.DatabaseAsync();
        var user = await db.Users.SingleAsync(found => found.Id == account.Id);
        var (row, token) = AccountToken.Issue(user, purpose, TimeSpan.FromHours(1), TimeProvider.System.GetUtcNow());
        db.AccountTokens.Add(row);
        await db.SaveChangesAsync();
        return token;
    }

    private async Task<string> ResetTokenAsync(HttpClient visitor, SignInRequest account)
    {
        (await visitor.PostJsonAsync(Reset, new AccountMailRequest(account.Email))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (await graph.Mailbox.WaitForMailToAsync(account.Email, "Choose a new password")).Token();
    }
}
