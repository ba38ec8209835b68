using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Contracts.Payments;
using Travel.Domain.Operations;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

[Collection(TravelGraph.Outages)]
public sealed class OperationsReadsTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);

    [Fact]
    public async Task A_booking_is_found_by_what_people_say_on_the_telephone()
    {
        var (stay, _) = await house.AskAsync(db => OnlineStay.PaidAsync(db, Yesterday));

        var found = await FindAsync(stay.Booking.Reference);

        var summary = found.Items.ShouldHaveSingleItem();
        (summary.Id, summary.Reference, summary.Status, summary.Total, found.Next).ShouldBe((stay.Booking.Id, stay.Booking.Reference, BookingStatus.Confirmed, stay.Total, null));
        (await FindAsync("33333333")).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "reference")]
    [InlineData("?reference=", "reference")]
    [InlineData("?reference=7kdm4qxr", "reference")]
    [InlineData("?reference=7KDM4QXRX", "reference")]
    [InlineData("?ref=7KDM4QXR", "ref")]
    public async Task What_cannot_be_a_reference_is_said_to_be_none(string query, string field)
    {
        using var answer = await house.Operator.GetAsync("/api/v1/operations/bookings" + query);

        await answer.ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task The_ledger_of_a_booking_tells_every_movement_and_what_is_where_now()
    {
        var (stay, payment, refund) = await house.AskAsync(async db =>
        {
            var (paid, first) = await OnlineStay.PaidAsync(db, Yesterday);
            return (paid, first, await paid.PaidTwiceAsync());
        });

        var ledger = await house.LedgerAsync(stay.Booking.Id);

        (ledger.BookingId, ledger.Reference, ledger.Status).ShouldBe((stay.Booking.Id, stay.Booking.Reference, BookingStatus.Confirmed));
        ledger.Payments.Select(attempt => (attempt.Id, attempt.State, attempt.IsForChange, attempt.Refundable.MinorUnits))
            .ShouldBe([(payment.Id, "paid", false, 0), (refund.PaymentId, "paid", false, 0)], ignoreOrder: true);
        var detail = ledger.Refunds.ShouldHaveSingleItem();
        (detail.Id, detail.PaymentId, detail.Reference, detail.State, detail.Cause, detail.Amount).ShouldBe((refund.Id, refund.PaymentId, refund.Reference, "due", "paid-twice", stay.Total));
        ledger.Lines.Select(line => (line.Event, line.Account, line.Debit, line.Credit, line.RefundReference)).ShouldBe(
        [
            ("received", "gateway", stay.Total, null, null),
            ("received", "stay", null, stay.Total, null),
            ("paid-twice", "gateway", stay.Total, null, refund.Reference),
            ("paid-twice", "refund", null, stay.Total, refund.Reference),
        ]);
        ledger.Balances.ShouldBe([new("gateway", stay.Total * 2), new("stay", stay.Total), new("refund", stay.Total)]);
    }

    [Fact]
    public async Task Of_a_booking_that_is_not_there_there_is_no_ledger()
    {
        using var answer = await house.Operator.GetAsync($"/api/v1/operations/bookings/{Guid.NewGuid()}/ledger");

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_audit_is_told_newest_first_with_who_it_was_and_why()
    {
        var (_, payment) = await house.AskAsync(db => OnlineStay.MismatchedAsync(db, Yesterday, new Money(3, Currencies.EthiopianBirr)));
        await house.AskAsync(async db =>
        {
            db.Audit.Add(AuditEntry.Of(actorId: null, "dead-letters-replayed", "mail", TimeProvider.System.GetUtcNow()));
            return await db.SaveChangesAsync();
        });
        foreach (var cents in Enumerable.Range(1, 3))
        {
            await house.RefundAsync(payment.Id, new Money(1, Currencies.EthiopianBirr), string.Create(CultureInfo.InvariantCulture, $"Reason {cents}."));
        }

        var first = await house.ReadAsync<Page<AuditResponse>>("/api/v1/operations/audit?limit=2");
        var second = await house.ReadAsync<Page<AuditResponse>>("/api/v1/operations/audit?limit=2&cursor=" + first.Next);

        first.Items.Concat(second.Items).Select(entry => (entry.Action, entry.Subject, entry.Actor, entry.Reason)).ShouldBe(
        [
            ("payment-refunded", payment.TxRef, house.Person.DisplayName, "Reason 3."),
            ("payment-refunded", payment.TxRef, house.Person.DisplayName, "Reason 2."),
            ("payment-refunded", payment.TxRef, house.Person.DisplayName, "Reason 1."),
            ("dead-letters-replayed", "mail", null, null),
        ]);
        using var answer = await house.Operator.GetAsync("/api/v1/operations/audit?limit=0&cursor=nonsense");
        await answer.ShouldBeInvalidAsync("limit", "cursor");
    }

    [Fact]
    public async Task A_breach_is_seen_where_it_is_and_all_other_rules_are_seen_to_hold()
    {
        var (stay, _) = await house.AskAsync(db => OnlineStay.PaidAsync(db, Yesterday));
        await house.ShouldBeSoundAsync();
        await ForgeAsync(1);

        var seen = await house.ReadAsync<InvariantsResponse>("/api/v1/operations/invariants");

        seen.IsSound.ShouldBeFalse();
        seen.Items.Select(rule => rule.Rule).ShouldBe(Invariants.All.Select(rule => rule.Rule));
        var broken = seen.Items.Where(rule => rule.Breaches > 0).ShouldHaveSingleItem();
        (broken.Number, broken.Breaches).ShouldBe((4, 1));
        broken.Rows.ShouldHaveSingleItem().ShouldStartWith($"{stay.Booking.Id}: ");
        await ForgeAsync(-1);
        (await house.ReadAsync<InvariantsResponse>("/api/v1/operations/invariants")).IsSound.ShouldBeTrue();

        Task<int> ForgeAsync(int versions) => house.AskAsync(db =>
            db.Database.ExecuteSqlAsync($"UPDATE bookings SET version = version + {versions} WHERE id = {stay.Booking.Id}"));
    }

    private Task<Page<BookingSummary>> FindAsync(string reference) => house.ReadAsync<Page<BookingSummary>>("/api/v1/operations/bookings?reference=" + reference);
}
