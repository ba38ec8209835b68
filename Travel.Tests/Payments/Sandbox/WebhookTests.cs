using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Travel.PaymentSandbox.Transactions;
using Travel.PaymentSandbox.Webhooks;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Told = """
        {"event":"charge.success","first_name":"Selam","last_name":"Bekele","email":"selam@travel.test","mobile":"0900123456","currency":"ETB",
        "amount":"400.00","charge":"14.00","status":"success","mode":"test","reference":"{reference}",
        "created_at":"2027-03-04T05:06:07.000000Z","updated_at":"2027-03-04T05:06:07.000000Z","type":"API","tx_ref":"paid","payment_method":"telebirr",
        "customization":{"title":"Stay in Gondar","description":"Two nights. Room 4","logo":null},"meta":{"booking":"TRV-1"}}
        """;

    private readonly SetClock clock = new(new(2027, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync(clock: clock);

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task A_payment_is_told_in_full()
    {
        var body = sandbox.Asked("paid");
        body["first_name"] = "Selam";
        body["last_name"] = "Bekele";
        body["email"] = "selam@travel.test";
        await sandbox.InitializeAsync(body);
        var paid = await sandbox.PayAsync("paid");

        var webhook = (await sandbox.Receiver.WebhooksAsync())[0];

        webhook.Headers["Content-Type"].ShouldBe("application/json");
        webhook.Body.ShouldBe(Told.Replace("{reference}", paid.Reference, StringComparison.Ordinal).ReplaceLineEndings(""));
    }

    [Fact]
    public async Task A_payment_that_failed_is_told_with_the_reason()
    {
        await sandbox.PendingAsync("failed");
        await sandbox.PayAsync("failed", SandboxHost.Bad);

        var webhook = (await sandbox.Receiver.WebhooksAsync())[0];

        webhook["event"].ShouldBe("charge.failed/cancelled");
        webhook["status"].ShouldBe("failed/cancelled");
        webhook["failure_reason"].ShouldBe("Insufficient balance");
        webhook.Json.GetProperty("charge").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_webhook_is_signed_over_its_body_and_over_its_secret()
    {
        await sandbox.PaidAsync("paid");

        var webhook = (await sandbox.Receiver.WebhooksAsync())[0];

        webhook.Headers["x-chapa-signature"].ShouldBe(Hmac(webhook.Body));
        webhook.Headers["chapa-signature"].ShouldBe(Hmac(SandboxHost.WebhookSecret));
    }

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status202Accepted)]
    [InlineData(StatusCodes.Status302Found)]
    public async Task A_webhook_comes_back_after_ten_minutes_until_it_gets_200(int status)
    {
        sandbox.Receiver.Answer = _ => Task.FromResult(status);
        await sandbox.PaidAsync("paid");
        await TriedAsync("paid", 1);
        clock.Pass(TimeSpan.FromSeconds(599));
        // Of two payments the second is told after the first was looked at.
        await sandbox.PaidAsync("other");
        await TriedAsync("other", 1);
        (await WebhookAsync("paid")).Attempts.Count.ShouldBe(1);

        sandbox.Receiver.Answer = _ => Task.FromResult(StatusCodes.Status200OK);
        clock.Pass(TimeSpan.FromSeconds(1));
        await TriedAsync("paid", 2);

        var webhook = await WebhookAsync("paid");
        webhook.State.ShouldBe(DeliveryState.Delivered);
        webhook.Attempts.Select(attempt => attempt.Status).ShouldBe([status, StatusCodes.Status200OK]);
        var bodies = (await sandbox.Receiver.WebhooksAsync(3)).Where(seen => seen["tx_ref"] == "paid").Select(seen => seen.Body).ToList();
        bodies.Count.ShouldBe(2);
        bodies[1].ShouldBe(bodies[0]);
    }

    [Fact]
    public async Task A_webhook_is_given_up_after_ten_attempts()
    {
        sandbox.Receiver.Answer = _ => Task.FromResult(StatusCodes.Status503ServiceUnavailable);
        await sandbox.PaidAsync("paid");
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await TriedAsync("paid", attempt);
            clock.Pass(TimeSpan.FromMinutes(10));
        }

        (await WebhookAsync("paid")).State.ShouldBe(DeliveryState.GivenUp);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_tried_again()
    {
        await sandbox.Receiver.DisposeAsync();

        await sandbox.PaidAsync("paid");
        await TriedAsync("paid", 1);

        var webhook = await WebhookAsync("paid");
        webhook.State.ShouldBe(DeliveryState.Owed);
        webhook.DueAt.ShouldBe(clock.Now.AddMinutes(10));
        webhook.Attempts[0].Status.ShouldBeNull();
        webhook.Attempts[0].Trouble.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_holds_up_neither_the_payer_nor_other_webhooks()
    {
        var never = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        sandbox.Receiver.Answer = received => received.Body.Contains("\"slow\"", StringComparison.Ordinal) || received.Query.GetValueOrDefault("trx_ref") == "slow"
            ? never.Task
            : Task.FromResult(StatusCodes.Status200OK);

        await sandbox.PaidAsync("slow");
        await sandbox.Receiver.WebhooksAsync(1);
        await sandbox.PaidAsync("other");

        await TriedAsync("other", 1);
        (await WebhookAsync("slow")).Attempts.ShouldBeEmpty();
        never.SetResult(StatusCodes.Status200OK);
        await TriedAsync("slow", 1);
    }

    [Fact]
    public async Task Without_an_address_no_webhook_is_sent()
    {
        await using var silent = await SandboxHost.StartAsync(new() { ["WebhookAddress"] = null });

        (await silent.PaidAsync("paid")).Deliveries.ShouldHaveSingleItem().Kind.ShouldBe(DeliveryKind.Callback);
    }

    [Theory]
    [InlineData(SandboxHost.Good, "success")]
    [InlineData(SandboxHost.Bad, "failed")]
    public async Task The_callback_is_an_unsigned_get_with_three_words(string number, string status)
    {
        await sandbox.PendingAsync("told");
        var paid = await sandbox.PayAsync("told", number);

        var callback = (await sandbox.Receiver.CallbacksAsync())[0];

        callback.Query.ShouldBe(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["of"] = "this-test", ["trx_ref"] = "told", ["ref_id"] = paid.Reference!, ["status"] = status },
            ignoreOrder: true);
        callback.Headers.Keys.ShouldNotContain(name => name.Contains("signature", StringComparison.OrdinalIgnoreCase));
        callback.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_callback_is_called_once_whatever_it_is_answered()
    {
        sandbox.Receiver.Answer = _ => Task.FromResult(StatusCodes.Status500InternalServerError);
        await sandbox.PaidAsync("paid");

        var ended = await Eventually.GetAsync(
            () => sandbox.TransactionAsync("paid"),
            paid => paid.Deliveries.Exists(delivery => delivery is { Kind: DeliveryKind.Callback, State: DeliveryState.GivenUp }),
            TimeSpan.FromSeconds(20),
            "The callback");

        ended.Deliveries.Single(delivery => delivery.Kind == DeliveryKind.Callback).Attempts.Count.ShouldBe(1);
        (await sandbox.Receiver.CallbacksAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_webhook_can_be_sent_again_by_hand()
    {
        await sandbox.PaidAsync("paid");
        await TriedAsync("paid", 1);

        await sandbox.SendWebhookAsync("paid");

        (await sandbox.Receiver.WebhooksAsync(2))[1].Body.ShouldBe((await WebhookAsync("paid")).Body);
        (await WebhookAsync("paid")).Attempts.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("unknown", HttpStatusCode.NotFound)]
    [InlineData("pending", HttpStatusCode.Conflict)]
    public async Task What_does_not_exist_cannot_be_sent_by_hand(string txRef, HttpStatusCode status)
    {
        await sandbox.PendingAsync("pending");

        foreach (var what in (string[])["webhook", "callback"])
        {
            using var answer = await sandbox.Anybody.PostAsync(new Uri($"/sandbox/transactions/{txRef}/{what}", UriKind.Relative), content: null);
            answer.StatusCode.ShouldBe(status, what);
        }
    }

    private async Task<Delivery> WebhookAsync(string txRef) => (await sandbox.TransactionAsync(txRef)).Deliveries.Single(delivery => delivery.Kind == DeliveryKind.Webhook);

    private Task<Transaction> TriedAsync(string txRef, int attempts) => Eventually.GetAsync(
        () => sandbox.TransactionAsync(txRef),
        transaction => transaction.Deliveries.Exists(delivery => delivery.Kind == DeliveryKind.Webhook && delivery.Attempts.Count >= attempts),
        TimeSpan.FromSeconds(20),
        $"Attempt {attempts}");

    private static string Hmac(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SandboxHost.WebhookSecret), Encoding.UTF8.GetBytes(text)));
}
