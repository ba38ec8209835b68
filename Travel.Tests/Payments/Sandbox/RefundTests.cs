using System.Net;
using System.Text;
using System.Text.Json;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Refunds;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class RefundTests : IAsyncLifetime
{
    private readonly SetClock clock = new(new(2027, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync(new() { ["RefundTakes"] = "00:10:00" }, clock);

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task A_refund_is_initiated_then_processing_then_refunded()
    {
        await sandbox.PaidAsync("paid");
        var refund = await sandbox.RefundAsync("paid");
        refund["status"].ShouldBe("initiated");

        clock.Pass(TimeSpan.FromMinutes(5));
        await StatusAsync(refund, "processing");
        clock.Pass(TimeSpan.FromMinutes(5));
        var ended = await StatusAsync(refund, "refunded");

        ended.Message.ShouldBe("Refund verified successfully");
        ended["created_at"].ShouldBe("2027-03-04T05:06:07.000000Z");
        ended["updated_at"].ShouldBe("2027-03-04T05:16:07.000000Z");
    }

    [Theory]
    [InlineData(0, RefundStatus.Initiated)]
    [InlineData(299, RefundStatus.Initiated)]
    [InlineData(300, RefundStatus.Processing)]
    [InlineData(599, RefundStatus.Processing)]
    [InlineData(600, RefundStatus.Refunded)]
    [InlineData(100_000, RefundStatus.Refunded)]
    public void A_refund_is_as_far_as_its_time(int seconds, RefundStatus status)
    {
        var began = clock.Now;
        var refund = new Refund { RefId = "RF1", Amount = 1, CreatedAt = began, UpdatedAt = began };

        refund.At(began.AddSeconds(seconds), TimeSpan.FromMinutes(10), isStuck: false, isReversed: false).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(RefundEnd.Refunded, "refunded")]
    [InlineData(RefundEnd.Reversed, "reversed")]
    public async Task The_end_of_a_refund_is_told_by_webhook(RefundEnd end, string status)
    {
        await sandbox.PlayAsync(new FaultSet { RefundEnds = end });
        var paid = await sandbox.PaidAsync("paid");
        await sandbox.Receiver.WebhooksAsync(1);
        await sandbox.RefundAsync("paid", ("amount", "150.25"));

        clock.Pass(TimeSpan.FromMinutes(10));

        var webhook = (await sandbox.Receiver.WebhooksAsync(2))[1];
        webhook["event"].ShouldBe("charge." + status);
        webhook["status"].ShouldBe(status);
        webhook["amount"].ShouldBe("150.25");
        webhook["reference"].ShouldBe(paid.Reference);
        webhook["tx_ref"].ShouldBe("paid");
    }

    [Fact]
    public async Task A_refund_without_an_amount_is_of_all_that_was_paid_and_the_fee_is_not_given_back()
    {
        var paid = await sandbox.PaidAsync("paid", "400.00");

        var refund = await sandbox.RefundAsync("paid", ("reason", "The stay was cancelled"), ("reference", "REF-1"), ("meta[booking]", "TRV-1"));

        refund.Status.ShouldBe(HttpStatusCode.OK);
        refund.EnvelopeStatus.ShouldBe("success");
        refund["amount"].ShouldBe("400.00");
        refund["currency"].ShouldBe("ETB");
        refund["payment_reference"].ShouldBe(paid.Reference);
        refund["merchant_reference"].ShouldBe("REF-1");
        refund["reason"].ShouldBe("The stay was cancelled");
        refund.Data.GetProperty("meta").GetProperty("booking").GetString().ShouldBe("TRV-1");
        (await sandbox.VerifyAsync("paid")).Data.GetProperty("charge").GetDecimal().ShouldBe(14m);
    }

    [Fact]
    public async Task What_a_merchant_adds_to_a_refund_is_in_its_webhook()
    {
        await sandbox.PaidAsync("paid");
        await sandbox.Receiver.WebhooksAsync(1);
        await sandbox.RefundAsync("paid", ("meta[refund]", "R-1"));

        clock.Pass(TimeSpan.FromMinutes(10));

        (await sandbox.Receiver.WebhooksAsync(2))[1].Json.GetProperty("meta").GetProperty("refund").GetString().ShouldBe("R-1");
    }

    [Theory]
    [InlineData(RefundBy.Either, true, true)]
    [InlineData(RefundBy.TxRef, true, false)]
    [InlineData(RefundBy.Reference, false, true)]
    public async Task A_payment_to_refund_is_named_by_either_reference_or_by_one_of_them(RefundBy reading, bool byTxRef, bool byReference)
    {
        await sandbox.PlayAsync(new FaultSet { RefundBy = reading });
        var paid = await sandbox.PaidAsync("paid");

        (await sandbox.RefundAsync("paid", ("amount", "1"))).Status.ShouldBe(byTxRef ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        (await sandbox.RefundAsync(paid.Reference!, ("amount", "1"))).Status.ShouldBe(byReference ? HttpStatusCode.OK : HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_reference_of_the_merchants_is_good_for_one_refund_of_all_payments()
    {
        await sandbox.PaidAsync("paid");
        await sandbox.PaidAsync("other");
        await sandbox.RefundAsync("paid", ("amount", "1"), ("reference", "REF-1"));

        (await sandbox.RefundAsync("other", ("amount", "1"), ("reference", "REF-1"))).ShouldBeRefusal(HttpStatusCode.BadRequest, "Refund reference has been used before");
    }

    [Fact]
    public async Task No_more_is_given_back_than_was_paid()
    {
        await sandbox.PaidAsync("paid", "400.00");
        (await sandbox.RefundAsync("paid", ("amount", "300"))).Status.ShouldBe(HttpStatusCode.OK);

        (await sandbox.RefundAsync("paid", ("amount", "100.01"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await sandbox.RefundAsync("paid"))["amount"].ShouldBe("100.00");
        (await sandbox.RefundAsync("paid")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Of_callers_racing_to_refund_all_one_gets_it()
    {
        await sandbox.PaidAsync("paid");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => sandbox.RefundAsync("paid")));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task A_reversed_refund_can_be_asked_for_again()
    {
        await sandbox.PlayAsync(new FaultSet { RefundEnds = RefundEnd.Reversed });
        await sandbox.PaidAsync("paid");
        var refund = await sandbox.RefundAsync("paid");
        clock.Pass(TimeSpan.FromMinutes(10));
        await StatusAsync(refund, "reversed");

        (await sandbox.RefundAsync("paid"))["amount"].ShouldBe("400.00");
    }

    [Fact]
    public async Task Only_what_was_paid_can_be_given_back()
    {
        await sandbox.PendingAsync("pending");
        await sandbox.PendingAsync("failed");
        await sandbox.PayAsync("failed", SandboxHost.Bad);

        (await sandbox.RefundAsync("pending")).ShouldBeRefusal(HttpStatusCode.BadRequest, "Only successful transactions can be refunded");
        (await sandbox.RefundAsync("failed")).ShouldBeRefusal(HttpStatusCode.BadRequest, "Only successful transactions can be refunded");
        (await sandbox.RefundAsync("unknown")).ShouldBeRefusal(HttpStatusCode.NotFound, "Transaction not found");
        (await sandbox.VerifyRefundAsync("unknown")).ShouldBeRefusal(HttpStatusCode.NotFound, "Refund not found");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1,000")]
    public async Task An_amount_to_give_back_is_a_number(string amount)
    {
        await sandbox.PaidAsync("paid");

        (await sandbox.RefundAsync("paid", ("amount", amount))).ShouldBeRefusal(HttpStatusCode.BadRequest, """{"amount":["validation.numeric"]}""");
    }

    [Fact]
    public async Task A_refund_is_asked_for_with_a_form()
    {
        await sandbox.PaidAsync("paid");
        using var json = new StringContent("""{"amount":"1"}""", Encoding.UTF8, "application/json");

        (await GatewayAnswer.OfAsync(await sandbox.Merchant.PostAsync("/v1/refund/paid", json))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_stuck_refund_stays_in_processing_until_it_is_not()
    {
        await sandbox.PlayAsync(new FaultSet { RefundStuck = true });
        await sandbox.PaidAsync("paid");
        var refund = await sandbox.RefundAsync("paid");
        clock.Pass(TimeSpan.FromDays(3));
        await StatusAsync(refund, "processing");

        await sandbox.PlayNoFaultsAsync();

        await StatusAsync(refund, "refunded");
    }

    [Fact]
    public async Task A_refund_whose_answer_is_lost_is_under_way()
    {
        await sandbox.PlayAsync(new FaultSet { RefundAnswerLost = true });
        await sandbox.PaidAsync("paid");

        (await sandbox.RefundAsync("paid", ("reference", "REF-1"))).Status.ShouldBe(HttpStatusCode.InternalServerError);

        (await sandbox.TransactionAsync("paid")).Refunds.ShouldHaveSingleItem().MerchantReference.ShouldBe("REF-1");
        (await sandbox.RefundAsync("paid", ("reference", "REF-1"))).ShouldBeRefusal(HttpStatusCode.BadRequest, "Refund reference has been used before");
    }

    [Fact]
    public async Task A_refused_refund_is_not_under_way()
    {
        await sandbox.PlayAsync(new FaultSet { RefundRefused = true });
        await sandbox.PaidAsync("paid");

        var refused = await sandbox.RefundAsync("paid");

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Data.ValueKind.ShouldBe(JsonValueKind.Null);
        (await sandbox.TransactionAsync("paid")).Refunds.ShouldBeEmpty();
    }

    private Task<GatewayAnswer> StatusAsync(GatewayAnswer refund, string status) => Eventually.GetAsync(
        () => sandbox.VerifyRefundAsync(refund["ref_id"]!), answer => answer["status"] == status, TimeSpan.FromSeconds(20), "Refund " + status);
}
