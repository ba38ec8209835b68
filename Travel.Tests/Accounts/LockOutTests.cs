using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class LockOutTests(TravelGraph graph)
{
    private readonly LockOutOptions options = new() { After = 3, Duration = TimeSpan.FromMinutes(15) };
    private readonly SetClock clock = new(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));

    [Fact]
    public async Task After_too_many_wrong_passwords_in_a_row_even_the_right_one_is_wrong_for_a_while()
    {
        await using var db = await graph.DatabaseAsync();
        var account = await graph.AccountAsync();
        await GuessAsync(db, account, options.After);

        (await IsRightAsync(db, account)).ShouldBeFalse();
        clock.Now += options.Duration - TimeSpan.FromSeconds(1);
        (await IsRightAsync(db, account)).ShouldBeFalse();
        clock.Now += TimeSpan.FromSeconds(1);
        (await IsRightAsync(db, account)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_right_password_in_between_forgets_the_wrong_ones()
    {
        await using var db = await graph.DatabaseAsync();
        var account = await graph.AccountAsync();

        await GuessAsync(db, account, options.After - 1);
        (await IsRightAsync(db, account)).ShouldBeTrue();
        await GuessAsync(db, account, options.After - 1);

        (await IsRightAsync(db, account)).ShouldBeTrue();
    }

    [Fact]
    public async Task Guessing_on_makes_the_lock_no_longer()
    {
        await using var db = await graph.DatabaseAsync();
        var account = await graph.AccountAsync();
        await GuessAsync(db, account, options.After);

        clock.Now += options.Duration / 2;
        await GuessAsync(db, account, options.After * 2);
        clock.Now += options.Duration / 2;

        (await IsRightAsync(db, account)).ShouldBeTrue();
    }

    [Fact]
    public async Task After_the_lock_guesses_count_anew()
    {
        await using var db = await graph.DatabaseAsync();
        var account = await graph.AccountAsync();
        await GuessAsync(db, account, options.After);
        clock.Now += options.Duration;

        await GuessAsync(db, account, options.After - 1);

        (await IsRightAsync(db, account)).ShouldBeTrue();
    }

    [Fact]
    public async Task Guesses_made_at_once_are_all_counted()
    {
        var account = await graph.AccountAsync();

        await Task.WhenAll(Enumerable.Range(0, options.After).Select(async _ =>
        {
            await using var own = await graph.DatabaseAsync();
            await GuessAsync(own, account, 1);
        }));

        await using var db = await graph.DatabaseAsync();
        (await IsRightAsync(db, account)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_locked_account_answers_as_a_wrong_password_does()
    {
        var account = await LockedAsync();
        using var visitor = graph.Visitor();

        using var right = await visitor.SignInAsync(account);
        using var wrong = await visitor.SignInAsync(account with { Password = "wrong" });

        var first = await right.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        var second = await wrong.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        first.GetProperty("detail").GetString().ShouldBe(second.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Strangers_who_lock_an_account_keep_nobody_who_is_signed_in_from_changing_the_password_or_deleting_it()
    {
        var person = await graph.PersonAsync();
        var account = new SignInRequest(person.Email!, Persons.Password);
        using var owner = graph.As(person);
        await LockAsync(account);

        using var wrong = await owner.PutJsonAsync("/api/v1/me/password", new ChangePasswordRequest("wrong", "correct horse"));
        using var change = await owner.PutJsonAsync("/api/v1/me/password", new ChangePasswordRequest(account.Password, "correct horse"));
        using var erase = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest("correct horse"));

        await wrong.ShouldBeInvalidAsync("currentPassword");
        change.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        erase.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Who_guesses_in_a_borrowed_browser_has_to_wait_and_is_told_so_and_locks_nobody_out()
    {
        var person = await graph.PersonAsync();
        using var borrowed = graph.As(person);
        for (var guess = 0; guess < new LockOutOptions().After; guess++)
        {
            using var wrong = await borrowed.DeleteJsonAsync("/api/v1/me", new EraseMeRequest("wrong"));
            await wrong.ShouldBeInvalidAsync("password");
        }

        using var change = await borrowed.PutJsonAsync("/api/v1/me/password", new ChangePasswordRequest(Persons.Password, "correct horse"));
        using var erase = await borrowed.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(Persons.Password));

        await change.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        await erase.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        erase.Headers.RetryAfter.ShouldNotBeNull();
        (await graph.SignedInAsync(person)).Dispose();
    }

    private async Task<SignInRequest> LockedAsync()
    {
        var account = await graph.AccountAsync();
        await LockAsync(account);
        return account;
    }

    private async Task LockAsync(SignInRequest account)
    {
        clock.Now = TimeProvider.System.GetUtcNow();
        await using var db = await graph.DatabaseAsync();
        await GuessAsync(db, account, options.After);
    }

    private async Task<bool> IsRightAsync(TravelDbContext db, SignInRequest account) =>
        await Check(db).OwnerOfAsync(account.Email, account.Password, CancellationToken.None) is not null;

    private async Task GuessAsync(TravelDbContext db, SignInRequest account, int times)
    {
        for (var attempt = 0; attempt < times; attempt++)
        {
            (await Check(db).OwnerOfAsync(account.Email, "wrong", CancellationToken.None)).ShouldBeNull();
        }
    }

    private PasswordCheck Check(TravelDbContext db) => new(db, new PasswordHasher<User>(), Options.Create(options), clock);
}
