using System.Net;
using System.Text.Json;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class VerifyTests : IAsyncLifetime
{
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync(clock: new SetClock(new(2027, 3, 4, 5, 6, 7, 890, TimeSpan.Zero)));

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task A_payment_that_nobody_has_paid_is_pending_in_an_answer_that_is_a_success()
    {
        await sandbox.PendingAsync("unpaid");

        var answer = await sandbox.VerifyAsync("unpaid");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.EnvelopeStatus.ShouldBe("success");
        answer["status"].ShouldBe("pending");
        foreach (var unknown in (string[])["method", "charge", "reference"])
        {
            answer.Data.GetProperty(unknown).ValueKind.ShouldBe(JsonValueKind.Null, unknown);
        }
    }

    [Fact]
    public async Task An_unpaid_payment_is_not_found_in_the_other_reading()
    {
        await sandbox.PendingAsync("unpaid");
        await sandbox.PlayAsync(new FaultSet { UnpaidVerify = UnpaidVerify.NotPaid404 });

        var answer = await sandbox.VerifyAsync("unpaid");

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Message.ShouldBe("Payment not paid yet");
        answer.EnvelopeStatus.ShouldBeNull();
        answer.Data.ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_paid_payment_is_found_in_the_other_reading_too()
    {
        await sandbox.PlayAsync(new FaultSet { UnpaidVerify = UnpaidVerify.NotPaid404 });
        await sandbox.PaidAsync("paid");

        (await sandbox.VerifyAsync("paid"))["status"].ShouldBe("success");
    }

    [Theory]
    [InlineData(UnknownVerify.NotFound404, HttpStatusCode.NotFound, "Invalid transaction or Transaction not found")]
    [InlineData(UnknownVerify.Invalid400, HttpStatusCode.BadRequest, "Invalid transaction reference")]
    public async Task An_unknown_payment_is_one_of_two_refusals(UnknownVerify reading, HttpStatusCode status, string message)
    {
        await sandbox.PlayAsync(new FaultSet { UnknownVerify = reading });

        (await sandbox.VerifyAsync("unknown")).ShouldBeRefusal(status, message);
    }

    [Fact]
    public async Task A_paid_payment_is_told_in_full()
    {
        var body = sandbox.Asked("paid", "1500.50");
        body["first_name"] = "Selam";
        body["last_name"] = "Bekele";
        body["email"] = "selam@travel.test";
        await sandbox.InitializeAsync(body);
        var paid = await sandbox.PayAsync("paid");

        var answer = await sandbox.VerifyAsync("paid");

        answer.Message.ShouldBe("Payment details");
        answer.Data.EnumerateObject().Select(property => property.Name).ShouldBe(
        [
            "first_name", "last_name", "email", "currency", "amount", "charge", "mode", "method", "type", "status", "reference", "tx_ref", "customization", "meta",
            "created_at", "updated_at",
        ]);
        answer["first_name"].ShouldBe("Selam");
        answer["last_name"].ShouldBe("Bekele");
        answer["email"].ShouldBe("selam@travel.test");
        answer["currency"].ShouldBe("ETB");
        // Numbers here, where webhooks have strings.
        answer.Data.GetProperty("amount").GetDecimal().ShouldBe(1500.50m);
        answer.Data.GetProperty("charge").GetDecimal().ShouldBe(52.52m);
        answer["mode"].ShouldBe("test");
        answer["method"].ShouldBe("telebirr");
        answer["type"].ShouldBe("API");
        answer["status"].ShouldBe("success");
        answer["reference"].ShouldBe(paid.Reference);
        answer["tx_ref"].ShouldBe("paid");
        answer["created_at"].ShouldBe("2027-03-04T05:06:07.000000Z");
        answer["updated_at"].ShouldBe("2027-03-04T05:06:07.000000Z");
    }

    [Fact]
    public async Task A_failed_payment_is_failed_in_an_answer_that_is_a_success()
    {
        await sandbox.PendingAsync("failed");
        await sandbox.PayAsync("failed", SandboxHost.Bad);

        var answer = await sandbox.VerifyAsync("failed");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.EnvelopeStatus.ShouldBe("success");
        answer["status"].ShouldBe("failed");
    }
}
