using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;
using Travel.Tests.Payments.Orders;
using RefundProgress = Travel.PaymentSandbox.Refunds.RefundProgress;

namespace Travel.Tests.Payments;

/// <summary>What the gateway answers to a refund, what it does not, and what it says of one by its own accord.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class RefundTests(DatabaseServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Slowly = TimeSpan.FromSeconds(3);
    private PaymentHouse house = null!;

    public async Task InitializeAsync() => house = await PaymentHouse.OpenAsync(server);

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task A_refund_that_is_refused_when_it_is_first_asked_for_is_refused_and_its_money_lies_open()
    {
        var (_, due) = await DueAsync(PaymentHouse.Silent with { RefundRefused = true });

        var refused = await SendAsync(due);

        (refused.State, refused.GatewayId, refused.DueAt, refused.LastError).ShouldBe((RefundState.Refused, null, null, "Refund could not be initiated"));
        refused.SettledAt.ShouldBe(house.Clock.Now);
        await ShouldLieInAsync(refused, LedgerAccount.Open);
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_not_taken_for_refused_when_the_gateway_has_heard_of_it_before()
    {
        var (txRef, refund) = await InDoubtAsync();
        for (var asked = 0; asked < 2; asked++)
        {
            (refund.State, refund.GatewayId, refund.SettledAt, refund.LastError)
                .ShouldBe((RefundState.Processing, null, null, "Refund reference has been used before"));
            await ShouldLieInAsync(refund, LedgerAccount.Refund);
            refund = await SendAsync(refund);
        }

        house.AtGateway(txRef)!.Refunds.ShouldHaveSingleItem().MerchantReference.ShouldBe(refund.Reference);
    }

    [Fact]
    public async Task A_signed_webhook_finishes_a_refund_whose_answer_was_lost_once_however_often_it_comes()
    {
        var (txRef, doubtful) = await InDoubtAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => HearAsync(txRef, doubtful.Reference, "refunded"))));

        var done = await SeenAsync(doubtful);
        (done.State, done.GatewayId, done.DueAt, done.LastError).ShouldBe((RefundState.Refunded, null, null, null));
        done.SettledAt.ShouldBe(house.Clock.Now);
        (await MoneyAsync(done)).ShouldBeEmpty();
        var before = await TracesAsync(done);
        before.Messages.ShouldBe(1);

        house.Clock.Pass(TimeSpan.FromMinutes(10));
        await HearAsync(txRef, doubtful.Reference, "refunded");
        await HearAsync(txRef, doubtful.Reference, "reversed");
        (await TracesAsync(done)).ShouldBe(before);
    }

    [Fact]
    public async Task A_signed_webhook_that_overtakes_the_answer_to_the_refund_counts_once()
    {
        var (txRef, due) = await DueAsync(PaymentHouse.Silent with { RefundDelay = Slowly });
        var sending = Task.Run(() => SendAsync(due));
        await Eventually.GetAsync(() => Task.FromResult(house.AtGateway(txRef)!.Refunds.Count), count => count > 0, TimeSpan.FromSeconds(20), "the refund at the gateway");

        await HearAsync(txRef, due.Reference, "refunded");
        var before = await TracesAsync(due);

        (await sending).State.ShouldBe(RefundState.Refunded);
        before.Messages.ShouldBe(1);
        (await TracesAsync(due)).ShouldBe(before);
        (await MoneyAsync(due)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refund_that_has_come_back_lies_open_when_a_webhook_is_all_there_is_of_it()
    {
        var (txRef, doubtful) = await InDoubtAsync();

        await HearAsync(txRef, doubtful.Reference, "reversed");

        var reversed = await SeenAsync(doubtful);
        (reversed.State, reversed.GatewayId, reversed.DueAt).ShouldBe((RefundState.Reversed, null, null));
        reversed.SettledAt.ShouldBe(house.Clock.Now);
        await ShouldLieInAsync(reversed, LedgerAccount.Open);
        (await TracesAsync(reversed)).Messages.ShouldBe(0);
    }

    [Theory]
    [InlineData("reversed", RefundEnd.Refunded, RefundState.Refunded)]
    [InlineData("refunded", RefundEnd.Reversed, RefundState.Reversed)]
    public async Task Of_a_refund_that_the_gateway_can_be_asked_about_a_webhook_is_worth_a_question_and_the_answer_counts(
        string said, RefundEnd end, RefundState answered)
    {
        var (txRef, due) = await DueAsync(PaymentHouse.Silent with { RefundStuck = true });
        var sent = await SendAsync(due);
        (sent.State, sent.GatewayId).ShouldBe((RefundState.Processing, house.AtGateway(txRef)!.Refunds.ShouldHaveSingleItem().RefId));
        sent.DueAt!.Value.ShouldBeGreaterThan(house.Clock.Now);

        await HearAsync(txRef, sent.Reference, said);

        var heard = await SeenAsync(sent);
        (heard.State, heard.GatewayId).ShouldBe((RefundState.Processing, sent.GatewayId));
        heard.DueAt.ShouldBe(house.Clock.Now);
        await ShouldLieInAsync(heard, LedgerAccount.Refund);

        house.Play(txRef, PaymentHouse.Silent with { RefundEnds = end });
        house.Gateway.Part<RefundProgress>().GoOn();
        (await SendAsync(heard)).State.ShouldBe(answered);
    }

    [Fact]
    public async Task A_webhook_about_a_refund_that_is_not_of_its_payment_or_that_nobody_knows_changes_nothing()
    {
        var (txRef, refund) = await InDoubtAsync();
        var (another, other) = await InDoubtAsync();
        var before = (await TracesAsync(refund), await TracesAsync(other));

        foreach (var said in new[] { "refunded", "reversed", "processing", "success" })
        {
            await HearAsync(another, refund.Reference, said);
            await HearAsync(txRef, other.Reference, said);
            await HearAsync(txRef, "RFD-nothing", said);
            await HearAsync("TRV-nothing", refund.Reference, said);
        }

        (await TracesAsync(refund), await TracesAsync(other)).ShouldBe(before);
    }

    /// <summary>A stay that was paid is cancelled, so that all of it is to go back.</summary>
    private async Task<(string TxRef, Refund Refund)> DueAsync(FaultSet faults)
    {
        var place = await house.Bookings.PlaceAsync(PaymentMode.Online);
        var booking = await house.StayAsync(place, 30, paid: true);
        var txRef = await house.Bookings.AskAsync(db => db.Payments.Where(payment => payment.BookingId == booking.Id).Select(payment => payment.TxRef).SingleAsync());
        house.Play(txRef, faults);
        (await house.CancelAsync(place, booking.Id)).ShouldBeOfType<BookingOutcome.Done>();
        return (txRef, await house.Bookings.AskAsync(db => db.Refunds.AsNoTracking().SingleAsync(refund => refund.BookingId == booking.Id)));
    }

    /// <summary>The gateway has made it, its answer was lost, and asked for the same again it says that it has heard of it before.</summary>
    private async Task<(string TxRef, Refund Refund)> InDoubtAsync()
    {
        var (txRef, due) = await DueAsync(PaymentHouse.Silent with { RefundAnswerLost = true });
        var unanswered = await SendAsync(due);
        (unanswered.State, unanswered.LastError).ShouldBe((RefundState.Due, null));
        return (txRef, await SendAsync(unanswered));
    }

    /// <summary>The job runs at the moment at which the refund is due.</summary>
    private async Task<Refund> SendAsync(Refund refund)
    {
        house.Clock.Now = refund.DueAt!.Value;
        await house.Bookings.DoAsync((SendRefunds send) => send.ExecuteAsync(CancellationToken.None));
        return await SeenAsync(refund);
    }

    private Task HearAsync(string txRef, string reference, string status) => house.Bookings.DoAsync(async (HearOfRefund hear) =>
    {
        await hear.ExecuteAsync(txRef, reference, status, CancellationToken.None);
        return true;
    });

    private Task<Refund> SeenAsync(Refund refund) => house.Bookings.AskAsync(db => db.Refunds.AsNoTracking().SingleAsync(found => found.Id == refund.Id));

    private async Task ShouldLieInAsync(Refund refund, LedgerAccount account) =>
        (await MoneyAsync(refund)).ShouldBe([(LedgerAccount.Gateway, LegalEnd.Price), (account, -LegalEnd.Price)], ignoreOrder: true);

    /// <summary>What the accounts hold of its booking, debits positive; those that hold nothing are left out.</summary>
    private async Task<List<(LedgerAccount Account, long MinorUnits)>> MoneyAsync(Refund refund)
    {
        var entries = await house.Bookings.AskAsync(db => db.LedgerEntries.AsNoTracking().Where(entry => entry.BookingId == refund.BookingId).ToListAsync());
        return [.. entries.GroupBy(entry => entry.Account).Select(sides => (Account: sides.Key, MinorUnits: sides.Sum(entry => entry.MinorUnits)))
            .Where(account => account.MinorUnits != 0)];
    }

    private Task<Traces> TracesAsync(Refund refund) => house.Bookings.AskAsync(async db =>
    {
        var seen = await db.Refunds.AsNoTracking().SingleAsync(found => found.Id == refund.Id);
        var id = refund.Id.ToString();
        return new Traces(
            seen.State,
            seen.Version,
            seen.DueAt,
            await db.LedgerEntries.CountAsync(entry => entry.BookingId == refund.BookingId),
            await db.Outbox.CountAsync(message => message.RoutingKey == PaymentRefunded.RoutingKey && message.Body.Contains(id)),
            await db.Bookings.Where(booking => booking.Id == refund.BookingId).Select(booking => booking.Version).SingleAsync());
    });

    /// <summary>Everything that hearing of a refund could have left behind.</summary>
    private sealed record Traces(RefundState State, int Version, DateTimeOffset? DueAt, int LedgerRows, int Messages, int BookingVersion);
}
