using System.Net;
using Travel.Contracts;
using Travel.Contracts.Payments;
using Travel.Domain.Accounts;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Operations;

[Collection(TravelGraph.Outages)]
public sealed class UnsettledPaymentsTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Address = OperatorHouse.Payments + "/unsettled";
    private static readonly Money Some = new(100_000, Currencies.EthiopianBirr);
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly DateTimeOffset Yesterday = Now.AddDays(-1);

    [Fact]
    public async Task An_attempt_that_nobody_has_heard_of_for_two_minutes_waits_and_a_fresh_or_finished_one_does_not()
    {
        var waiting = await AttemptAsync(Now.AddMinutes(-3));
        var unknown = await AttemptAsync(Yesterday, payment => payment.Claim(Yesterday.AddMinutes(5)));
        var fresh = await AttemptAsync(Now.AddMinutes(-1));
        var abandoned = await AttemptAsync(Yesterday, payment => payment.Abandon());
        var failed = await AttemptAsync(Yesterday, payment => payment.Fail(Yesterday));
        var (_, paid) = await house.AskAsync(db => OnlineStay.PaidAsync(db, Yesterday));

        var items = await ItemsAsync();

        var seen = items.Single(item => item.PaymentId == waiting.Id);
        (seen.Kind, seen.RefundId, seen.TxRef, seen.State, seen.Amount, seen.Received, seen.Open.MinorUnits, seen.NextCheckAt is not null)
            .ShouldBe((UnsettledKind.Waiting, null, waiting.TxRef, "pending", waiting.Amount, null, 0, true));
        seen.Since.ShouldBe(waiting.CreatedAt, TimeSpan.FromMilliseconds(1));
        var claimed = items.Single(item => item.PaymentId == unknown.Id);
        (claimed.Kind, claimed.State).ShouldBe((UnsettledKind.Unknown, "unknown"));
        claimed.Since.ShouldBe(Yesterday.AddMinutes(5), TimeSpan.FromMilliseconds(1));
        items.Select(item => item.PaymentId).Intersect([fresh.Id, abandoned.Id, failed.Id, paid.Id]).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_attempt_that_is_over_and_said_to_be_paid_waits_until_the_gateway_says_no()
    {
        var payment = await AttemptAsync(Yesterday, payment =>
        {
            payment.Abandon();
            payment.Claim(Yesterday.AddMinutes(5));
        });

        var item = (await ItemsAsync()).Single(item => item.PaymentId == payment.Id);
        (item.Kind, item.State).ShouldBe((UnsettledKind.Unknown, "abandoned"));
        item.Since.ShouldBe(Yesterday.AddMinutes(5), TimeSpan.FromMilliseconds(1));

        await house.Gateway.PendingAsync(payment.TxRef, payment.Amount.ToDecimalString());
        await house.Gateway.PayAsync(payment.TxRef, SandboxHost.Bad);
        using var asked = await house.Operator.PostAsync($"{OperatorHouse.Payments}/{payment.Id}/reconcile", content: null);
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ItemsAsync()).ShouldNotContain(item => item.PaymentId == payment.Id);
    }

    [Fact]
    public async Task Money_that_is_not_what_was_asked_for_waits_until_all_of_it_is_sent_back()
    {
        var dollars = new Money(5_000, Currencies.UsDollar);
        var (stay, payment) = await house.AskAsync(db => OnlineStay.MismatchedAsync(db, Yesterday, dollars));

        var item = (await ItemsAsync()).Single(seen => seen.PaymentId == payment.Id);
        (item.Kind, item.State, item.Amount, item.Received, item.Open, item.BookingReference)
            .ShouldBe((UnsettledKind.Mismatched, "mismatched", stay.Total, dollars, dollars, stay.Booking.Reference));

        await house.RefundAsync(payment.Id, dollars with { MinorUnits = 2_000 });
        (await ItemsAsync()).Single(seen => seen.PaymentId == payment.Id).Open.ShouldBe(dollars with { MinorUnits = 3_000 });
        await house.RefundAsync(payment.Id, dollars with { MinorUnits = 3_000 });
        (await ItemsAsync()).ShouldNotContain(seen => seen.PaymentId == payment.Id);
    }

    [Fact]
    public async Task A_refund_that_failed_waits_until_its_money_is_on_its_way_again_and_the_last_one_that_failed_stands_for_it()
    {
        var first = await house.AskAsync(async db =>
        {
            var (stay, _) = await OnlineStay.PaidAsync(db, Yesterday);
            return await stay.PaidTwiceAsync(refund => refund.Refuse("Insufficient balance", Yesterday));
        });

        var item = (await ItemsAsync()).Single(seen => seen.PaymentId == first.PaymentId);
        (item.Kind, item.RefundId, item.State, item.Amount, item.Open, item.LastError, item.NextCheckAt)
            .ShouldBe((UnsettledKind.RefundFailed, first.Id, "refused", first.Amount, first.Amount, "Insufficient balance", null));

        var again = await house.RefundAsync(first.PaymentId, first.Amount);
        (await ItemsAsync()).ShouldNotContain(seen => seen.PaymentId == first.PaymentId);

        await house.AskAsync(async db =>
        {
            await OnlineStay.RefuseAsync(db, again.Id, Now);
            return true;
        });
        (await ItemsAsync()).Single(seen => seen.PaymentId == first.PaymentId).RefundId.ShouldBe(again.Id);
    }

    [Fact]
    public async Task A_refund_under_way_for_more_than_three_days_waits_and_a_younger_one_does_not()
    {
        var (old, young) = await house.AskAsync(async db => (
            await (await OnlineStay.PaidAsync(db, Now.AddDays(-4))).Stay.PaidTwiceAsync(refund => refund.Proceed("RF1", Yesterday)),
            await (await OnlineStay.PaidAsync(db, Now.AddDays(-2))).Stay.PaidTwiceAsync()));

        var items = await ItemsAsync();

        var stuck = items.Single(item => item.RefundId == old.Id);
        (stuck.Kind, stuck.PaymentId, stuck.State, stuck.NextCheckAt is not null).ShouldBe((UnsettledKind.RefundStuck, old.PaymentId, "processing", true));
        items.ShouldNotContain(item => item.RefundId == young.Id || item.PaymentId == young.PaymentId);
    }

    [Fact]
    public async Task A_refund_in_doubt_waits_at_once()
    {
        var refund = await house.AskAsync(async db =>
        {
            var (stay, _) = await OnlineStay.PaidAsync(db, Yesterday);
            return await stay.PaidTwiceAsync(refund => refund.Doubt("Refund reference has been used before", Now));
        });

        var item = (await ItemsAsync()).Single(item => item.RefundId == refund.Id);
        (item.Kind, item.State, item.LastError).ShouldBe((UnsettledKind.RefundStuck, "processing", "Refund reference has been used before"));
    }

    [Fact]
    public async Task The_pages_put_together_are_the_list_with_what_has_waited_longest_first()
    {
        for (var hours = 1; hours <= 5; hours++)
        {
            await AttemptAsync(Yesterday.AddHours(-hours));
            await house.AskAsync(db => OnlineStay.MismatchedAsync(db, Yesterday.AddHours(-hours), Some));
        }

        var whole = await ItemsAsync();
        var pages = new List<UnsettledPayment>();
        string? cursor = null;
        do
        {
            var page = await house.ReadAsync<Page<UnsettledPayment>>($"{Address}?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            page.Items.Count.ShouldBeInRange(1, 3);
            pages.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        pages.ShouldBe(whole);
        pages.Count.ShouldBeGreaterThanOrEqualTo(10);
        pages.Where(item => item.Kind == UnsettledKind.Waiting).Select(item => item.Since).ShouldBeInOrder();
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=101", "limit")]
    [InlineData("?cursor=nonsense", "cursor")]
    [InlineData("?state=pending", "state")]
    public async Task What_the_list_does_not_understand_it_refuses(string query, string field)
    {
        using var answer = await house.Operator.GetAsync(Address + query);

        await answer.ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task Who_is_no_operator_sees_none_of_it()
    {
        var (_, guest) = await house.SomebodyAsync(Role.Guest);
        using (guest)
        {
            using var answer = await guest.GetAsync(Address);

            await answer.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    private Task<Payment> AttemptAsync(DateTimeOffset createdAt, Action<Payment>? then = null) => house.AskAsync(async db =>
    {
        var stay = await OnlineStay.HeldAsync(db, createdAt);
        return await stay.AttemptAsync(opened: true, then);
    });

    private async Task<IReadOnlyList<UnsettledPayment>> ItemsAsync()
    {
        var page = await house.ReadAsync<Page<UnsettledPayment>>(Address + "?limit=100");
        page.Next.ShouldBeNull();
        return page.Items;
    }
}
