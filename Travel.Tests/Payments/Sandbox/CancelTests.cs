using System.Net;
using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class CancelTests : IAsyncLifetime
{
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync();

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task A_payment_is_cancelled_once()
    {
        await sandbox.PendingAsync("cancelled");

        var first = await sandbox.CancelAsync("cancelled");
        var second = await sandbox.CancelAsync("cancelled");

        first.Status.ShouldBe(HttpStatusCode.OK);
        first.Message.ShouldBe("Checkout link expired successfully");
        second.ShouldBeRefusal(HttpStatusCode.BadRequest, "Payment link already expired");
    }

    [Fact]
    public async Task An_unknown_payment_cannot_be_cancelled() =>
        (await sandbox.CancelAsync("unknown")).ShouldBeRefusal(HttpStatusCode.NotFound, "Payment link not found");

    [Fact]
    public async Task A_cancelled_payment_is_still_pending_for_verify()
    {
        await sandbox.PendingAsync("cancelled");
        await sandbox.CancelAsync("cancelled");

        (await sandbox.VerifyAsync("cancelled"))["status"].ShouldBe("pending");
    }

    [Fact]
    public async Task A_paid_payment_stays_paid()
    {
        await sandbox.PaidAsync("paid");

        (await sandbox.CancelAsync("paid")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await sandbox.VerifyAsync("paid"))["status"].ShouldBe("success");
    }

    [Fact]
    public async Task A_cancelled_payment_cannot_be_paid()
    {
        await sandbox.PendingAsync("cancelled");
        await sandbox.CancelAsync("cancelled");

        using var answer = await sandbox.TryPayAsync("cancelled", new PaymentForm { Method = "telebirr", Number = SandboxHost.Good });

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await sandbox.VerifyAsync("cancelled"))["status"].ShouldBe("pending");
    }

    [Fact]
    public async Task A_cancelled_payment_is_paid_where_cancelling_is_ignored()
    {
        var page = await sandbox.PendingAsync("paid-after-cancel");
        await sandbox.PlayAsync(new FaultSet { CancelIgnored = true });
        (await sandbox.CancelAsync("paid-after-cancel")).Status.ShouldBe(HttpStatusCode.OK);

        (await sandbox.Anybody.GetStringAsync(page)).ShouldContain("by phone");
        await sandbox.PayAsync("paid-after-cancel");

        (await sandbox.VerifyAsync("paid-after-cancel"))["status"].ShouldBe("success");
        (await sandbox.Receiver.WebhooksAsync())[0]["event"].ShouldBe("charge.success");
    }
}
