using Microsoft.AspNetCore.Http;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;
using Travel.PaymentSandbox.Webhooks;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class RestartTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("travel-sandbox-").FullName;
    private readonly SetClock clock = new(new(2027, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await StartAsync();

    public async Task DisposeAsync()
    {
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_payment_is_after_a_restart_what_it_was()
    {
        var page = await sandbox.PendingAsync("pending");
        await sandbox.PaidAsync("paid");
        await sandbox.PendingAsync("cancelled");
        await sandbox.CancelAsync("cancelled");
        await sandbox.Receiver.WebhooksAsync(1);
        await DeliveredAsync("paid");
        var before = (await sandbox.VerifyAsync("paid")).Envelope.GetRawText();

        await RestartAsync();

        (await sandbox.VerifyAsync("paid")).Envelope.GetRawText().ShouldBe(before);
        (await sandbox.VerifyAsync("pending"))["status"].ShouldBe("pending");
        (await sandbox.CancelAsync("cancelled")).Message.ShouldBe("Payment link already expired");
        (await sandbox.InitializeAsync(sandbox.Asked("paid"))).Message.ShouldBe("Transaction reference has been used before");
        (await sandbox.Anybody.GetStringAsync(page.PathAndQuery)).ShouldContain("by phone");
        (await sandbox.Receiver.WebhooksAsync(1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_webhook_that_is_owed_is_sent_after_a_restart()
    {
        sandbox.Receiver.Answer = _ => Task.FromResult(StatusCodes.Status503ServiceUnavailable);
        await sandbox.PaidAsync("paid");
        var first = (await sandbox.Receiver.WebhooksAsync(1))[0];
        await Eventually.GetAsync(() => sandbox.TransactionAsync("paid"), paid => paid.Deliveries.TrueForAll(delivery => delivery.Attempts.Count == 1), TimeSpan.FromSeconds(20), "Attempts");

        await RestartAsync();
        sandbox.Receiver.Answer = _ => Task.FromResult(StatusCodes.Status200OK);
        clock.Pass(TimeSpan.FromMinutes(10));

        (await sandbox.Receiver.WebhooksAsync(2))[1].Body.ShouldBe(first.Body);
        (await DeliveredAsync("paid")).Deliveries.Single(delivery => delivery.Kind == DeliveryKind.Webhook).Attempts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refund_goes_on_after_a_restart()
    {
        await sandbox.PaidAsync("paid");
        await DeliveredAsync("paid");
        var refund = await sandbox.RefundAsync("paid", ("meta[refund]", "R-1"));

        await RestartAsync();
        clock.Pass(TimeSpan.FromHours(1));

        (await sandbox.Receiver.WebhooksAsync(2))[1]["event"].ShouldBe("charge.refunded");
        (await sandbox.VerifyRefundAsync(refund["ref_id"]!)).Data.GetProperty("meta").GetProperty("refund").GetString().ShouldBe("R-1");
    }

    [Fact]
    public async Task Faults_are_still_played_after_a_restart()
    {
        await sandbox.PlayAsync(new FaultSet { VerifyStatus = 503 }, "own");
        await sandbox.PlayAsync(new FaultSet { UnknownVerify = UnknownVerify.Invalid400 });

        await RestartAsync();

        ((int)(await sandbox.VerifyAsync("own")).Status).ShouldBe(503);
        (await sandbox.VerifyAsync("unknown")).Message.ShouldBe("Invalid transaction reference");
    }

    [Fact]
    public async Task What_was_half_written_when_it_died_is_not_read()
    {
        await sandbox.PaidAsync("paid");
        var file = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file + ".unfinished", "{\"txRef\":");

        await RestartAsync();

        (await sandbox.VerifyAsync("paid"))["status"].ShouldBe("success");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_and_stops_the_start()
    {
        var file = Path.Combine(folder, "transactions", "broken.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "{");

        (await Should.ThrowAsync<InvalidDataException>(StartAsync)).Message.ShouldContain(file);
    }

    [Fact]
    public async Task Without_a_folder_a_restart_forgets()
    {
        await using var first = await SandboxHost.StartAsync();
        await first.PaidAsync("paid");
        await first.StopAsync();
        await using var second = await SandboxHost.StartAsync();

        (await second.VerifyAsync("paid")).EnvelopeStatus.ShouldBe("failed");
    }

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(new() { ["Folder"] = folder }, clock);

    private async Task RestartAsync()
    {
        await sandbox.StopAsync();
        sandbox = await SandboxHost.StartAsync(new() { ["Folder"] = folder }, clock, sandbox.Receiver);
    }

    private Task<Transaction> DeliveredAsync(string txRef) => Eventually.GetAsync(
        () => sandbox.TransactionAsync(txRef), paid => paid.Deliveries.TrueForAll(delivery => delivery.State is DeliveryState.Delivered or DeliveryState.GivenUp), TimeSpan.FromSeconds(20), "Deliveries");
}
