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
    public async Task A_locked_account_answers_as_a_wrong_password_does_and_is_locked_for_changing_and_deleting_too()
    {
        var account = await graph.AccountAsync();
        using var owner = await graph.SignedInAsync(account);
        await using (var db = await graph.DatabaseAsync())
        {
            clock.Now = TimeProvider.System.GetUtcNow();
            await GuessAsync(db, account, options.After);
        }

        using var right = await owner.SignInAsync(account);
        using var wrong = await owner.SignInAsync(account with { Password = "wrong" });
        using var change = await owner.PutJsonAsync("/api/v1/me/password", new ChangePasswordRequest(account.Password, "correct horse"));
        using var erase = await owner.DeleteJsonAsync("/api/v1/me", new EraseMeRequest(account.Password));

        var first = await right.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        var second = await wrong.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        first.GetProperty("detail").GetString().ShouldBe(second.GetProperty("detail").GetString());
        await change.ShouldBeInvalidAsync("currentPassword");
        await erase.ShouldBeInvalidAsync("password");
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
