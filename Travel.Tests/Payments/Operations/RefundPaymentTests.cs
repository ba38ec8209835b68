using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;
using Travel.Domain.Bookings;
using Travel.Domain.Operations;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Operations;

[Collection(TravelGraph.Outages)]
public sealed class RefundPaymentTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private static readonly Money Came = new(100_000, Currencies.EthiopianBirr);
    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);

    [Fact]
    public async Task What_nobody_can_place_goes_back_and_it_is_known_who_sent_it_and_why()
    {
        const string Reason = "Half of it came, and the guest wants it back.";
        var (stay, payment) = await MismatchedAsync(Came);

        using var answer = await house.TryRefundAsync(payment.Id, Came, Reason);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        answer.Headers.Location!.OriginalString.ShouldBe($"/api/v1/operations/bookings/{stay.Booking.Id}/ledger");
        var refund = (await answer.Content.ReadFromJsonAsync<RefundDetail>(TravelJson.Options))!;
        (refund.PaymentId, refund.State, refund.Cause, refund.Amount, refund.LastError, refund.SettledAt).ShouldBe((payment.Id, "due", "operator", Came, null, null));
        var ledger = await house.LedgerAsync(stay.Booking.Id);
        ledger.Refunds.ShouldHaveSingleItem().Id.ShouldBe(refund.Id);
        ledger.Balances.ShouldBe([new("gateway", Came), new("refund", Came), new("open", Came with { MinorUnits = 0 })]);
        ledger.Payments.ShouldHaveSingleItem().Refundable.MinorUnits.ShouldBe(0);
        await house.AskAsync(async db =>
        {
            var row = await db.Refunds.SingleAsync(found => found.Id == refund.Id);
            (row.Cause, row.DecidedBy, row.DueAt is not null).ShouldBe((RefundCause.Operator, house.Person.Id, true));
            var line = await db.Timeline.Where(entry => entry.BookingId == stay.Booking.Id).OrderBy(entry => entry.Id).LastAsync();
            (line.Event, line.ActorId, line.Reason).ShouldBe(("payment-returned", house.Person.Id, "operator"));
            var audit = await db.Audit.SingleAsync(entry => entry.Subject == payment.TxRef);
            (audit.Action, audit.ActorId, audit.Reason).ShouldBe(("payment-refunded", house.Person.Id, Reason));
            var version = await db.Bookings.Where(booking => booking.Id == stay.Booking.Id).Select(booking => booking.Version).SingleAsync();
            var news = (await db.Outbox.Where(message => message.RoutingKey == PaymentReturned.RoutingKey).Select(message => message.Body).ToListAsync())
                .Select(body => System.Text.Json.JsonSerializer.Deserialize<PaymentReturned>(body, TravelJson.Options)!).Single(message => message.PaymentId == payment.Id);
            (news.BookingId, news.Version, news.Cause).ShouldBe((stay.Booking.Id, version, "operator"));
            return true;
        });
        await house.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Money_of_another_currency_goes_back_in_the_one_that_came()
    {
        var dollars = new Money(5_000, Currencies.UsDollar);
        var (stay, payment) = await MismatchedAsync(dollars);

        using (var birr = await house.TryRefundAsync(payment.Id, Came with { MinorUnits = 5_000 }))
        {
            await birr.ShouldBeInvalidAsync("amount");
        }

        (await house.RefundAsync(payment.Id, dollars)).Amount.ShouldBe(dollars);
        (await house.LedgerAsync(stay.Booking.Id)).Balances.ShouldContain(new LedgerBalance("refund", dollars));
        await house.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task What_is_open_goes_back_before_what_was_kept_and_each_on_its_own_line()
    {
        const long Kept = 60_000;
        var (stay, payment) = await house.AskAsync(db => OnlineStay.KeptAsync(db, Yesterday, Kept));
        var sent = await house.AskAsync(db => db.Refunds.Where(refund => refund.PaymentId == payment.Id).SingleAsync());
        await house.AskAsync(async db =>
        {
            await OnlineStay.RefuseAsync(db, sent.Id, Yesterday.AddHours(2));
            return true;
        });
        (await house.LedgerAsync(stay.Booking.Id)).Payments.ShouldHaveSingleItem().Refundable.ShouldBe(stay.Total);

        var refund = await house.RefundAsync(payment.Id, sent.Amount + (stay.Total with { MinorUnits = 10_000 }));

        var ledger = await house.LedgerAsync(stay.Booking.Id);
        ledger.Lines.Where(line => line.RefundReference == refund.Reference && line.Debit is not null).Select(line => (line.Account, line.Debit!.Value))
            .ShouldBe([("open", sent.Amount), ("retained", stay.Total with { MinorUnits = 10_000 })], ignoreOrder: true);
        ledger.Payments.ShouldHaveSingleItem().Refundable.MinorUnits.ShouldBe(Kept - 10_000);
        ledger.Status.ShouldBe(BookingStatus.Cancelled);
        await house.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task What_is_part_of_a_stay_goes_back_when_the_stay_is_cancelled_and_not_before()
    {
        var (stay, payment) = await house.AskAsync(db => OnlineStay.PaidAsync(db, Yesterday));

        using var answer = await house.TryRefundAsync(payment.Id, stay.Total with { MinorUnits = 1 });

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "refund-too-large");
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain($"{stay.Total} is part of a stay, and goes back when that is cancelled");
        (await house.LedgerAsync(stay.Booking.Id)).Refunds.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_than_there_is_does_not_go_back_and_not_a_part_of_it_either()
    {
        var (stay, payment) = await MismatchedAsync(Came);

        using var answer = await house.TryRefundAsync(payment.Id, Came with { MinorUnits = Came.MinorUnits + 1 });

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "refund-too-large");
        problem.GetProperty("detail").GetString().ShouldBe($"At most {Came} of this payment can be sent back.");
        (await house.LedgerAsync(stay.Booking.Id)).Refunds.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, "A reason.", "amount")]
    [InlineData(-1, "A reason.", "amount")]
    [InlineData(1, "", "reason")]
    [InlineData(1, "  no ", "reason")]
    [InlineData(0, "no", "amount", "reason")]
    public async Task No_amount_and_no_reason_are_no_refund(long minorUnits, string reason, params string[] fields)
    {
        var (_, payment) = await MismatchedAsync(Came);

        using var answer = await house.TryRefundAsync(payment.Id, Came with { MinorUnits = minorUnits }, reason);

        await answer.ShouldBeInvalidAsync(fields);
    }

    [Fact]
    public async Task A_reason_that_does_not_fit_the_record_is_refused()
    {
        var (_, payment) = await MismatchedAsync(Came);

        using var answer = await house.TryRefundAsync(payment.Id, Came, new string('a', AuditEntry.LongestReason + 1));

        await answer.ShouldBeInvalidAsync("reason");
    }

    [Fact]
    public async Task Of_a_payment_that_is_not_there_nothing_goes_back()
    {
        using var answer = await house.TryRefundAsync(Guid.NewGuid(), Came);

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Sent_twice_under_one_key_it_is_one_refund_and_another_request_under_that_key_is_refused()
    {
        var (stay, payment) = await MismatchedAsync(Came);
        var (key, half) = (Guid.NewGuid().ToString(), Came with { MinorUnits = Came.MinorUnits / 2 });

        using var first = await house.TryRefundAsync(payment.Id, half, key: key);
        using var second = await house.TryRefundAsync(payment.Id, half, key: key);
        using var other = await house.TryRefundAsync(payment.Id, Came with { MinorUnits = 1 }, key: key);
        using var without = await house.Operator.PostJsonAsync($"{OperatorHouse.Payments}/{payment.Id}/refund", new RefundPaymentRequest(half, "No key."));

        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK));
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        await other.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await without.ShouldBeInvalidAsync("Idempotency-Key");
        (await house.LedgerAsync(stay.Booking.Id)).Refunds.ShouldHaveSingleItem().Amount.ShouldBe(half);
        (await house.AskAsync(db => db.Audit.CountAsync(entry => entry.Subject == payment.TxRef))).ShouldBe(1);
    }

    [Fact]
    public async Task Two_operators_sending_the_same_money_back_at_once_never_send_more_than_there_is()
    {
        var (_, another) = await house.SomebodyAsync(Domain.Accounts.Role.Operator);
        using (another)
        {
            var (stay, payment) = await MismatchedAsync(Came);
            var third = Came with { MinorUnits = Came.MinorUnits / 3 };

            var answers = await Task.WhenAll(Enumerable.Range(0, 12)
                .Select(number => house.TryRefundAsync(payment.Id, third, by: number % 2 == 0 ? house.Operator : another)));

            answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(3);
            answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(9);
            var ledger = await house.LedgerAsync(stay.Booking.Id);
            ledger.Refunds.Sum(refund => refund.Amount.MinorUnits).ShouldBe(3 * third.MinorUnits);
            ledger.Payments.ShouldHaveSingleItem().Refundable.MinorUnits.ShouldBe(Came.MinorUnits - (3 * third.MinorUnits));
            await house.ShouldBeSoundAsync();
        }
    }

    private Task<(OnlineStay Stay, Payment Payment)> MismatchedAsync(Money received) =>
        house.AskAsync(db => OnlineStay.MismatchedAsync(db, Yesterday, received));
}
