using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(TravelGraph.Collection)]
public sealed class AccountTokenTests(TravelGraph graph)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly SetClock clock = new(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_link_is_good_once()
    {
        await using var db = await graph.DatabaseAsync();
        var (account, token) = await IssuedAsync(db);

        (await UseAsync(db, token)).ShouldBe(account.Id);
        (await UseAsync(db, token)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_who_come_with_one_link_at_once_one_succeeds()
    {
        await using var db = await graph.DatabaseAsync();
        var (_, token) = await IssuedAsync(db);

        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var own = await graph.DatabaseAsync();
            return await UseAsync(own, token);
        }));

        users.Count(user => user is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_link_is_good_until_it_expires_and_then_no_more()
    {
        await using var db = await graph.DatabaseAsync();
        var (_, late) = await IssuedAsync(db);
        var (_, inTime) = await IssuedAsync(db);

        clock.Now += Lifetime - TimeSpan.FromSeconds(1);
        (await UseAsync(db, inTime)).ShouldNotBeNull();
        clock.Now += TimeSpan.FromSeconds(1);
        (await UseAsync(db, late)).ShouldBeNull();
        (await db.OwnerOf(late, AccountTokenPurpose.ResetPassword, clock.Now).AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_for_one_purpose_is_good_for_no_other()
    {
        await using var db = await graph.DatabaseAsync();
        var (_, token) = await IssuedAsync(db);

        (await db.UseTokenAsync(token, AccountTokenPurpose.VerifyAddress, clock.Now, CancellationToken.None)).ShouldBeNull();
        (await db.OwnerOf(token, AccountTokenPurpose.VerifyAddress, clock.Now).AnyAsync()).ShouldBeFalse();
        (await UseAsync(db, token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_password_makes_the_links_from_before_useless()
    {
        await using var db = await graph.DatabaseAsync();
        var (account, token) = await IssuedAsync(db);

        await db.Users.Where(user => user.Id == account.Id).ExecuteUpdateAsync(user => user.SetProperty(row => row.SecurityStamp, "another"));

        (await UseAsync(db, token)).ShouldBeNull();
        (await db.OwnerOf(token, AccountTokenPurpose.ResetPassword, clock.Now).AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_stored_is_not_what_is_sent()
    {
        await using var db = await graph.DatabaseAsync();
        var (account, token) = await IssuedAsync(db);

        var stored = await db.Database.SqlQuery<string>($"SELECT t::text AS \"Value\" FROM account_tokens t WHERE user_id = {account.Id}").SingleAsync();

        stored.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
        stored.ShouldNotContain(token);
        stored.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(token)));
    }

    private Task<Guid?> UseAsync(TravelDbContext db, string token) => db.UseTokenAsync(token, AccountTokenPurpose.ResetPassword, clock.Now, CancellationToken.None);

    private async Task<(Account Account, string Token)> IssuedAsync(TravelDbContext db)
    {
        var account = await graph.OwnAccountAsync();
        var user = await db.Users.AsNoTracking().SingleAsync(found => found.Id == account.Id);
        var (row, token) = AccountToken.Issue(user, AccountTokenPurpose.ResetPassword, Lifetime, clock.Now);
        db.AccountTokens.Add(row);
        await db.SaveChangesAsync();
        return (account, token);
    }
}
