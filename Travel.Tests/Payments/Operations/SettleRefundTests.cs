using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;
using Travel.Domain.Accounts;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Operations;

[Collection(TravelGraph.Outages)]
public sealed class SettleRefundTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Reason = "It is in the list of the provider's dashboard.";
    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);

    [Fact]
    public async Task A_refund_in_doubt_that_was_made_is_over_and_its_guest_is_told_once()
    {
        var (stay, refund) = await InDoubtAsync();
        (await house.LedgerAsync(stay.Booking.Id)).Refunds.ShouldHaveSingleItem().IsInDoubt.ShouldBeTrue();

        using (var answer = await SettleAsync(refund.Id, isRefunded: true))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            var settled = (await answer.Content.ReadFromJsonAsync<RefundDetail>(TravelJson.Options))!;
            (settled.State, settled.IsInDoubt, settled.LastError, settled.NextTryAt, settled.SettledAt is not null).ShouldBe(("refunded", false, null, null, true));
        }

        using (var again = await SettleAsync(refund.Id, isRefunded: true))
        {
            await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "refund-not-in-doubt");
        }

        (await house.LedgerAsync(stay.Booking.Id)).Balances.ShouldContain(new LedgerBalance("refund", stay.Total with { MinorUnits = 0 }));
        (await ShownAsync(stay)).Status.ShouldBe(PaymentStatus.PartiallyRefunded);
        (await house.AskAsync(db => db.Outbox.Where(message => message.RoutingKey == PaymentRefunded.RoutingKey).Select(message => message.Body).ToListAsync()))
            .Count(body => body.Contains(refund.Id.ToString(), StringComparison.Ordinal)).ShouldBe(1);
        var audit = await house.AskAsync(db => db.Audit.SingleAsync(entry => entry.Subject == refund.Reference));
        (audit.Action, audit.ActorId, audit.Reason).ShouldBe(("refund-said-made", house.Person.Id, Reason));
        await house.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task The_money_of_one_that_was_not_made_is_open_and_can_be_sent_back_anew()
    {
        var (stay, refund) = await InDoubtAsync();

        using (var answer = await SettleAsync(refund.Id, isRefunded: false))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }

        (await house.LedgerAsync(stay.Booking.Id)).Balances.ShouldContain(new LedgerBalance("open", refund.Amount));
        (await ShownAsync(stay)).Status.ShouldBe(PaymentStatus.Refunding);
        var anew = await house.RefundAsync(refund.PaymentId, refund.Amount);
        await house.AskAsync(async db =>
        {
            var sent = await db.Refunds.Include(found => found.Payment).SingleAsync(found => found.Id == anew.Id);
            await db.ProceedAsync(sent, Domain.Payments.Chapa.GatewayRefundStatus.Refunded, "RF1", TimeProvider.System.GetUtcNow(), CancellationToken.None);
            return await db.SaveChangesAsync();
        });

        var shown = await ShownAsync(stay);
        (shown.Status, shown.Refunded, shown.Refunds.Count).ShouldBe((PaymentStatus.PartiallyRefunded, refund.Amount, 1));
        await house.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_refund_that_failed_twice_and_was_sent_in_part_is_shown_as_what_is_left_of_it()
    {
        var (stay, refund) = await TwiceAsync(refund => refund.Refuse("Insufficient balance", Yesterday));
        var anew = await house.RefundAsync(refund.PaymentId, refund.Amount);
        await house.AskAsync(async db =>
        {
            await OnlineStay.RefuseAsync(db, anew.Id, TimeProvider.System.GetUtcNow());
            return true;
        });
        (await ShownAsync(stay)).Refunds.Select(refund => (refund.Amount, refund.IsDone)).ShouldBe([(refund.Amount, false)]);

        var part = refund.Amount with { MinorUnits = 1_000 };
        await house.RefundAsync(refund.PaymentId, part);

        var shown = await ShownAsync(stay);
        shown.Status.ShouldBe(PaymentStatus.Refunding);
        shown.Refunds.Select(refund => refund.Amount).ShouldBe([refund.Amount - part, part]);
        await house.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Nobody_says_of_a_refund_what_the_gateway_can_be_asked()
    {
        var (_, known) = await TwiceAsync(refund => refund.Proceed("RF2", Yesterday));
        var (_, due) = await TwiceAsync(then: null);

        foreach (var refund in new[] { known, due })
        {
            using var answer = await SettleAsync(refund.Id, isRefunded: true);
            await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "refund-not-in-doubt");
        }

        using var nobodys = await SettleAsync(Guid.NewGuid(), isRefunded: true);
        await nobodys.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_said()
    {
        var (stay, refund) = await InDoubtAsync();

        using var answer = await SettleAsync(refund.Id, isRefunded: true, reason: "  ok ");

        await answer.ShouldBeInvalidAsync("reason");
        (await house.LedgerAsync(stay.Booking.Id)).Refunds.ShouldHaveSingleItem().IsInDoubt.ShouldBeTrue();
    }

    [Fact]
    public async Task Refunds_under_way_are_asked_about_when_an_operator_has_the_payment_asked_about()
    {
        var (_, refund) = await TwiceAsync(refund => refund.Proceed("RF3", Yesterday.AddDays(7)));

        using var answer = await house.Operator.PostAsync($"{OperatorHouse.Payments}/{refund.PaymentId}/reconcile", content: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await house.AskAsync(db => db.Refunds.SingleAsync(found => found.Id == refund.Id))).DueAt!.Value.ShouldBeLessThan(TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    private Task<(OnlineStay Stay, Refund Refund)> InDoubtAsync() => TwiceAsync(refund => refund.Doubt("Refund reference has been used before", Yesterday));

    private Task<(OnlineStay Stay, Refund Refund)> TwiceAsync(Action<Refund>? then) => house.AskAsync(async db =>
    {
        var (stay, _) = await OnlineStay.PaidAsync(db, Yesterday);
        return (stay, await stay.PaidTwiceAsync(then));
    });

    private Task<HttpResponseMessage> SettleAsync(Guid refund, bool isRefunded, string reason = Reason) =>
        house.Operator.PostAsJsonAsync($"/api/v1/operations/refunds/{refund}/settlement", new SettleRefundRequest(isRefunded, reason), TravelJson.Options);

    /// <summary>As its guest sees it.</summary>
    private Task<BookingPayment> ShownAsync(OnlineStay stay) => house.AskAsync(async db =>
        (await Api.Payments.PaymentReads.GetAsync(db, stay.Booking.Id, new Domain.Bookings.Caller(stay.Booking.GuestId), TimeProvider.System.GetUtcNow(), CancellationToken.None))!);
}
