using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Domain.Operations;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

/// <summary>Every rule is seen to find what it is there for, in a database that lets itself be broken.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class InvariantsTests(BrokenDatabase broken) : IClassFixture<BrokenDatabase>
{
    private const string PartOfAStay = "What is part of a stay that is paid online is its price, and of one that is over without being a stay nothing.";
    private const string Found = "Guests find every published stay, and no other, by what it is now.";

    /// <summary>Rule by rule: what nothing in Travel does, and what the database keeps from being done.</summary>
    public static TheoryData<string, string> Breaks => new()
    {
        {
            "No two owners have one night of one listing.",
            "INSERT INTO occupancies (id, listing_id, owner_id, stay, active) SELECT gen_random_uuid(), listing_id, gen_random_uuid(), stay, true FROM occupancies WHERE owner_id = :booking"
        },
        { "A booking has exactly the nights of its stay, and those of a change that waits.", "UPDATE occupancies SET active = false WHERE owner_id = :booking" },
        { "What a stay costs is what its frozen quote says.", "UPDATE bookings SET total_minor_units = total_minor_units + 1 WHERE id = :booking" },
        {
            PartOfAStay,
            Movement("Stay", "Retained", 100)
        },
        {
            "Every movement of money adds up to zero.",
            "UPDATE ledger_entries SET minor_units = minor_units - 1 WHERE payment_id = :payment AND account = 'Stay'"
        },
        {
            "Every cent received of a payment is part of a stay, kept, on its way back, gone back, or open.",
            "UPDATE payments SET state = 'Failed' WHERE id = :payment"
        },
        { "No account owes: stays, what is kept, refunds and open items hold nothing or more.", Movement("Open", "Retained", 100) },
        { "What is on its way back is what refunds under way amount to.", "UPDATE refunds SET state = 'Refunded', settled_at = now(), due_at = NULL WHERE id = :refund" },
        { "Every change of a booking has its line in the history.", "UPDATE bookings SET version = version + 1 WHERE id = :booking" },
        { Found, "UPDATE published_listings SET max_guests = max_guests + 1 WHERE id = :listing" },
        {
            "A session whose token was used twice has ended.",
            """
            INSERT INTO refresh_tokens (id, family_id, user_id, token_hash, issued_at, expires_at)
            SELECT gen_random_uuid(), family_id, user_id, sha256(id::text::bytea), issued_at, expires_at FROM refresh_tokens WHERE family_id = :session
            """
        },
    };

    [Fact]
    public void Every_rule_is_broken_once() => Breaks.Select(pair => (string)pair[0]).ShouldBe(Invariants.All.Select(invariant => invariant.Rule), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_rule_finds_what_breaks_it_and_nothing_before(string rule, string sql)
    {
        var scene = await broken.SceneAsync();
        var before = await RowsAsync(rule);

        await broken.Db.Database.ExecuteSqlRawAsync(scene.In(sql));

        var after = await RowsAsync(rule);
        after.ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_stay_that_is_confirmed_without_any_money_is_found_too()
    {
        var before = await RowsAsync(PartOfAStay);
        var stay = await OnlineStay.HeldAsync(broken.Db, TimeProvider.System.GetUtcNow());

        (await RowsAsync(PartOfAStay)).ShouldBe(before);
        await broken.Db.Bookings.Where(booking => booking.Id == stay.Booking.Id).ExecuteUpdateAsync(
            booking => booking.SetProperty(row => row.Status, BookingStatus.Confirmed).SetProperty(row => row.HoldExpiresAt, (DateTimeOffset?)null));

        (await RowsAsync(PartOfAStay)).ShouldBe(before + 1);
    }

    [Theory]
    [InlineData("DELETE FROM published_listings WHERE id = :listing")]
    [InlineData("INSERT INTO published_listings SELECT (jsonb_populate_record(found, jsonb_build_object('id', gen_random_uuid()))).* FROM published_listings found WHERE id = :listing")]
    public async Task A_stay_that_cannot_be_found_and_one_that_is_found_and_not_there_are_told_too(string sql)
    {
        var scene = await broken.SceneAsync();
        var before = await RowsAsync(Found);

        await broken.Db.Database.ExecuteSqlRawAsync(scene.In(sql));

        (await RowsAsync(Found)).ShouldBe(before + 1);
    }

    /// <summary>From one account to another, out of nothing.</summary>
    private static string Movement(string from, string to, int minorUnits) =>
        $"""
        WITH movement AS (SELECT gen_random_uuid() AS id)
        INSERT INTO ledger_entries (id, transaction_id, booking_id, host_id, payment_id, account, minor_units, currency, event, at)
        SELECT gen_random_uuid(), movement.id, p.booking_id, p.host_id, p.id, side.account, side.minor_units, p.currency, 'forged', now()
        FROM movement, payments p, (VALUES ('{from}', {minorUnits}), ('{to}', -{minorUnits})) AS side (account, minor_units) WHERE p.id = :payment
        """;

    private async Task<int> RowsAsync(string rule) => (await broken.CheckAsync()).FirstOrDefault(breach => breach.Invariant.Rule == rule)?.Count ?? 0;
}
