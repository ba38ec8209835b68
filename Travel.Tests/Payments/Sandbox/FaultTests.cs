using System.Diagnostics;
using System.Net;
using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;
using Travel.PaymentSandbox.Webhooks;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class FaultTests : IAsyncLifetime
{
    private readonly SetClock clock = new(new(2027, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync(clock: clock);

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task Webhooks_come_as_often_as_there_are_copies()
    {
        await sandbox.PlayAsync(new FaultSet { WebhookCopies = 3 });
        await sandbox.PaidAsync("paid");

        (await sandbox.Receiver.WebhooksAsync(3)).Select(webhook => webhook.Body).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_late_webhook_comes_when_it_is_due()
    {
        await sandbox.PlayAsync(new FaultSet { WebhookDelay = TimeSpan.FromHours(1) }, "late");
        await sandbox.PaidAsync("late");
        await sandbox.PaidAsync("other");
        (await sandbox.Receiver.WebhooksAsync(1)).ShouldHaveSingleItem()["tx_ref"].ShouldBe("other");

        clock.Pass(TimeSpan.FromHours(1));

        (await sandbox.Receiver.WebhooksAsync(2))[1]["tx_ref"].ShouldBe("late");
    }

    [Fact]
    public async Task A_lost_webhook_comes_only_by_hand()
    {
        await sandbox.PlayAsync(new FaultSet { WebhookLost = true }, "lost");
        await sandbox.PaidAsync("lost");
        await sandbox.PaidAsync("other");
        clock.Pass(TimeSpan.FromHours(1));
        (await sandbox.Receiver.WebhooksAsync(1)).ShouldHaveSingleItem()["tx_ref"].ShouldBe("other");
        (await sandbox.TransactionAsync("lost")).Deliveries.Single(delivery => delivery.Kind == DeliveryKind.Webhook).State.ShouldBe(DeliveryState.Lost);

        await sandbox.SendWebhookAsync("lost");

        (await sandbox.Receiver.WebhooksAsync(2))[1]["tx_ref"].ShouldBe("lost");
    }

    [Fact]
    public async Task Of_two_webhooks_that_are_reordered_the_second_comes_first()
    {
        await sandbox.PlayAsync(new FaultSet { WebhookReordered = true });
        await sandbox.PaidAsync("first");
        // Which was due at the same time.
        await sandbox.Receiver.CallbacksAsync(1);
        await sandbox.PaidAsync("second");

        (await sandbox.Receiver.WebhooksAsync(2)).Select(webhook => webhook["tx_ref"]).ShouldBe(["second", "first"]);
    }

    [Fact]
    public async Task A_reordered_webhook_comes_after_that_of_its_own_refund()
    {
        await sandbox.PlayAsync(new FaultSet { WebhookReordered = true });
        await sandbox.PaidAsync("paid");
        await sandbox.RefundAsync("paid");
        clock.Pass(TimeSpan.FromHours(1));

        (await sandbox.Receiver.WebhooksAsync(2)).Select(webhook => webhook["event"]).ShouldBe(["charge.refunded", "charge.success"]);
    }

    [Theory]
    [InlineData(WebhookSignature.OtherKey, true, true)]
    [InlineData(WebhookSignature.StaticHeaderOnly, false, true)]
    [InlineData(WebhookSignature.None, false, false)]
    public async Task A_webhook_is_signed_wrongly(WebhookSignature how, bool overBody, bool overSecret)
    {
        await sandbox.PaidAsync("good");
        var good = (await sandbox.Receiver.WebhooksAsync(1))[0];
        await sandbox.PlayAsync(new FaultSet { WebhookSignature = how });

        await sandbox.SendWebhookAsync("good");

        var wrong = (await sandbox.Receiver.WebhooksAsync(2))[1];
        wrong.Body.ShouldBe(good.Body);
        wrong.Headers.ContainsKey("x-chapa-signature").ShouldBe(overBody);
        wrong.Headers.ContainsKey("chapa-signature").ShouldBe(overSecret);
        wrong.Headers.GetValueOrDefault("x-chapa-signature").ShouldNotBe(good.Headers["x-chapa-signature"]);
        // What can be replayed is what was good once.
        (wrong.Headers.GetValueOrDefault("chapa-signature") == good.Headers["chapa-signature"]).ShouldBe(how == WebhookSignature.StaticHeaderOnly);
    }

    [Fact]
    public async Task A_lost_callback_is_not_called()
    {
        await sandbox.PlayAsync(new FaultSet { CallbackLost = true }, "lost");
        await sandbox.PaidAsync("lost");
        await sandbox.PaidAsync("other");

        (await sandbox.Receiver.CallbacksAsync(1)).ShouldHaveSingleItem().Query["trx_ref"].ShouldBe("other");
        CallbackOf(await sandbox.TransactionAsync("lost")).State.ShouldBe(DeliveryState.Lost);
    }

    [Fact]
    public async Task A_late_callback_is_called_when_it_is_due()
    {
        await sandbox.PlayAsync(new FaultSet { CallbackDelay = TimeSpan.FromHours(1) });
        var paid = await sandbox.PaidAsync("late");
        await sandbox.Receiver.WebhooksAsync(1);
        CallbackOf(paid).DueAt.ShouldBe(clock.Now.AddHours(1));
        CallbackOf(await sandbox.TransactionAsync("late")).Attempts.ShouldBeEmpty();

        clock.Pass(TimeSpan.FromHours(1));

        (await sandbox.Receiver.CallbacksAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_verify_answers_in_its_own_time()
    {
        await sandbox.PaidAsync("paid");
        await sandbox.PlayAsync(new FaultSet { VerifyDelay = TimeSpan.FromMilliseconds(400) });
        var watch = Stopwatch.StartNew();

        (await sandbox.VerifyAsync("paid"))["status"].ShouldBe("success");

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(390));
    }

    [Fact]
    public async Task A_slow_initialize_and_a_slow_refund_have_noted_it_long_before_they_answer()
    {
        await sandbox.PaidAsync("paid");
        await sandbox.PlayAsync(new FaultSet { InitializeDelay = TimeSpan.FromMilliseconds(400), RefundDelay = TimeSpan.FromMilliseconds(400) });
        var watch = Stopwatch.StartNew();

        var opening = sandbox.InitializeAsync(sandbox.Asked("slow"));
        await Eventually.GetAsync(() => sandbox.VerifyAsync("slow"), answer => answer.Status == HttpStatusCode.OK, TimeSpan.FromSeconds(5), "the payment");
        opening.IsCompleted.ShouldBeFalse();
        (await opening).Message.ShouldBe("Hosted Link");
        await sandbox.RefundAsync("paid");

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(780));
    }

    [Fact]
    public async Task A_verify_that_is_down_knows_nothing()
    {
        await sandbox.PaidAsync("paid");
        await sandbox.PlayAsync(new FaultSet { VerifyStatus = 503 });

        (await sandbox.VerifyAsync("paid")).ShouldBeRefusal(HttpStatusCode.ServiceUnavailable, "Service Unavailable");
    }

    [Fact]
    public async Task Verify_says_another_amount_currency_reference_or_mode()
    {
        await sandbox.PaidAsync("paid");
        await sandbox.PlayAsync(new FaultSet { VerifyAmount = 1.5m, VerifyCurrency = "USD", VerifyTxRef = "other", VerifyMode = "live" });

        var answer = await sandbox.VerifyAsync("paid");

        answer["status"].ShouldBe("success");
        answer.Data.GetProperty("amount").GetDecimal().ShouldBe(1.5m);
        answer["currency"].ShouldBe("USD");
        answer["tx_ref"].ShouldBe("other");
        answer["mode"].ShouldBe("live");
    }

    [Fact]
    public async Task An_initialize_that_is_down_notes_nothing()
    {
        await sandbox.PlayAsync(new FaultSet { InitializeDown = true });
        (await sandbox.InitializeAsync(sandbox.Asked("down"))).ShouldBeRefusal(HttpStatusCode.ServiceUnavailable, "Service Unavailable");

        await sandbox.PlayNoFaultsAsync();

        (await sandbox.VerifyAsync("down")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_initialize_whose_answer_is_lost_has_noted_the_payment()
    {
        await sandbox.PlayAsync(new FaultSet { InitializeAnswerLost = true }, "lost");

        (await sandbox.InitializeAsync(sandbox.Asked("lost"))).ShouldBeRefusal(HttpStatusCode.InternalServerError, "Server Error");

        (await sandbox.VerifyAsync("lost"))["status"].ShouldBe("pending");
        (await sandbox.InitializeAsync(sandbox.Asked("lost"))).Message.ShouldBe("Transaction reference has been used before");
    }

    [Fact]
    public async Task A_merchant_who_may_not_take_payments_is_told_so()
    {
        await sandbox.PlayAsync(new FaultSet { PaymentsDisabled = true });

        (await sandbox.InitializeAsync(sandbox.Asked("disabled"))).ShouldBeRefusal(HttpStatusCode.NotFound, "Payments through API is disabled, please contact us");
    }

    [Fact]
    public async Task A_payment_is_paid_once_however_many_pay_it_at_once()
    {
        await sandbox.PendingAsync("raced");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => sandbox.TryPayAsync("raced", new PaymentForm { Method = "telebirr", Number = SandboxHost.Good })));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(15);
        (await sandbox.TransactionAsync("raced")).Deliveries.Count.ShouldBe(2);
    }

    private static Delivery CallbackOf(Transaction transaction) => transaction.Deliveries.Single(delivery => delivery.Kind == DeliveryKind.Callback);
}
