using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Outbox;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

/// <summary>Nobody learns from the time an answer takes whether an address has an account: the work is the same, counted and not timed.</summary>
[Collection(TravelGraph.Collection)]
public sealed class SameWorkTests(TravelGraph graph)
{
    [Fact]
    public async Task Registering_is_the_same_work_for_a_new_an_unverified_and_a_known_address()
    {
        var known = (await graph.OwnAccountAsync()).SignIn.Email;
        var unverified = (await graph.OwnAccountAsync(verified: false)).SignIn.Email;

        await ShouldBeTheSameAsync([NobodysAddress(), unverified, known], (db, hasher, email) =>
            new RegisterAccount(db, hasher, new OutboxSignal(), TimeProvider.System)
                .ExecuteAsync(new RegisterRequest(email, "correct horse", "Sara"), CancellationToken.None));
    }

    [Fact]
    public async Task Asking_for_a_new_password_is_the_same_work_for_every_address()
    {
        var known = (await graph.OwnAccountAsync()).SignIn.Email;

        await ShouldBeTheSameAsync([NobodysAddress(), known], (db, hasher, email) =>
            new ResetPassword(db, hasher, new OutboxSignal(), TimeProvider.System).SendMailAsync(email, CancellationToken.None));
    }

    [Fact]
    public async Task Asking_for_the_mail_that_verifies_again_is_the_same_work_for_every_address()
    {
        var known = (await graph.OwnAccountAsync()).SignIn.Email;
        var unverified = (await graph.OwnAccountAsync(verified: false)).SignIn.Email;

        await ShouldBeTheSameAsync([NobodysAddress(), unverified, known], (db, hasher, email) =>
            new VerifyAddress(db, hasher, new OutboxSignal(), TimeProvider.System).SendMailAsync(email, CancellationToken.None));
    }

    [Fact]
    public async Task A_wrong_password_is_the_same_work_for_every_address()
    {
        var known = (await graph.OwnAccountAsync()).SignIn.Email;
        var unverified = (await graph.OwnAccountAsync(verified: false)).SignIn.Email;

        await ShouldBeTheSameAsync([NobodysAddress(), unverified, known], (db, hasher, email) =>
            new PasswordCheck(db, hasher, Options.Create(new LockOutOptions()), TimeProvider.System)
                .OwnerOfAsync(email, "not the password", CancellationToken.None));
    }

    [Fact]
    public async Task Counting_a_wrong_password_does_not_wait_for_the_disk()
    {
        var known = (await graph.OwnAccountAsync()).SignIn.Email;
        await using var db = await graph.DatabaseAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        (await SettingAsync(db)).ShouldBe("on");

        await new PasswordCheck(db, new CountingHasher(), Options.Create(new LockOutOptions()), TimeProvider.System)
            .OwnerOfAsync(known, "not the password", CancellationToken.None);

        (await SettingAsync(db)).ShouldBe("off");
        (await db.Users.SingleAsync(user => user.Email == known)).AccessFailedCount.ShouldBe(1);

        static Task<string> SettingAsync(TravelDbContext db) =>
            db.Database.SqlQuery<string>($"SELECT current_setting('synchronous_commit') AS \"Value\"").SingleAsync();
    }

    [Fact]
    public async Task The_right_password_of_an_address_that_is_not_verified_is_the_same_work_as_any_of_an_address_without_an_account()
    {
        var unverified = (await graph.OwnAccountAsync(verified: false)).SignIn.Email;

        await ShouldBeTheSameAsync([NobodysAddress(), unverified], async (db, hasher, email) =>
            (await new PasswordCheck(db, hasher, Options.Create(new LockOutOptions()), TimeProvider.System)
                .OwnerOfAsync(email, Persons.Password, CancellationToken.None)).ShouldBeNull());
    }

    private static string NobodysAddress() => $"{Guid.NewGuid():N}@example.org";

    private async Task ShouldBeTheSameAsync(string[] emails, Func<TravelDbContext, CountingHasher, string, Task> work)
    {
        var done = new List<(int Hashes, string Statements)>();
        foreach (var email in emails)
        {
            var statements = new Statements();
            var hasher = new CountingHasher();
            await using var db = await graph.DatabaseAsync(statements);
            await work(db, hasher, email);
            statements.Seen.ShouldNotBeEmpty();
            done.Add((hasher.Hashes, string.Join('\n', statements.Seen)));
        }

        done.Distinct().ShouldHaveSingleItem();
    }
}
