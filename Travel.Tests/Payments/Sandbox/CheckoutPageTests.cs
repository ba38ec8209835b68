using System.Net;
using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Transactions;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class CheckoutPageTests : IAsyncLifetime
{
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync();

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task The_page_says_what_is_paid_to_whom_and_that_no_money_moves()
    {
        var page = await sandbox.Anybody.GetStringAsync(await sandbox.PendingAsync("shown", "1500.50"));

        page.ShouldContain("Stay in Gondar");
        page.ShouldContain("Two nights. Room 4");
        page.ShouldContain("1,500.50 ETB");
        page.ShouldContain("No money moves here.");
        page.ShouldContain($"href=\"{sandbox.Receiver.Return}\"");
        foreach (var number in TestAccounts.Phones.SelectMany(phone => phone.Succeeding).Concat(TestAccounts.Cards.Select(card => card.Shown)))
        {
            page.ShouldContain($"<code>{number}</code>");
        }
    }

    [Fact]
    public async Task Who_pays_is_led_back_and_the_merchant_is_told()
    {
        var page = await sandbox.PendingAsync("paid");

        using var answer = await SubmitAsync(page, ("Method", "telebirr"), ("Number", "0900 123 456"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location.ShouldBe(sandbox.Receiver.Return);
        (await sandbox.VerifyAsync("paid"))["status"].ShouldBe("success");
        (await sandbox.Receiver.WebhooksAsync())[0]["event"].ShouldBe("charge.success");
        (await sandbox.Receiver.CallbacksAsync())[0].Query["status"].ShouldBe("success");
    }

    [Fact]
    public async Task Who_fails_to_pay_is_led_back_and_the_merchant_is_told()
    {
        var page = await sandbox.PendingAsync("failed");

        using var answer = await SubmitAsync(page, ("Method", "telebirr"), ("Number", SandboxHost.Bad));

        answer.Headers.Location.ShouldBe(sandbox.Receiver.Return);
        (await sandbox.VerifyAsync("failed"))["status"].ShouldBe("failed");
        (await sandbox.Receiver.WebhooksAsync())[0]["event"].ShouldBe("charge.failed/cancelled");
        (await sandbox.Receiver.CallbacksAsync())[0].Query["status"].ShouldBe("failed");
    }

    [Fact]
    public async Task Who_submits_twice_pays_once_and_is_led_back_both_times()
    {
        var page = await sandbox.PendingAsync("twice");
        var form = await sandbox.FormTokenAsync(page);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => sandbox.PostFormAsync(page, form, ("Method", "telebirr"), ("Number", SandboxHost.Good))));

        answers.Select(answer => answer.Headers.Location).ShouldBe([sandbox.Receiver.Return, sandbox.Receiver.Return]);
        (await sandbox.TransactionAsync("twice")).Deliveries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_an_address_to_go_back_to_the_page_says_that_it_was_paid()
    {
        var body = sandbox.Asked("no-return");
        body.Remove("return_url");
        var page = new Uri((await sandbox.InitializeAsync(body))["checkout_url"]!);

        using var answer = await SubmitAsync(page, ("Method", "telebirr"), ("Number", SandboxHost.Good));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("This has been paid");
    }

    [Fact]
    public async Task A_page_that_is_over_says_why_and_takes_nothing()
    {
        var paid = await sandbox.PendingAsync("paid");
        var failed = await sandbox.PendingAsync("failed");
        var cancelled = await sandbox.PendingAsync("cancelled");
        var form = await sandbox.FormTokenAsync(cancelled);
        await sandbox.PayAsync("paid");
        await sandbox.PayAsync("failed", SandboxHost.Bad);
        await sandbox.CancelAsync("cancelled");

        (await sandbox.Anybody.GetStringAsync(paid)).ShouldContain("This has been paid");
        (await sandbox.Anybody.GetStringAsync(failed)).ShouldContain("Insufficient balance");
        (await sandbox.Anybody.GetStringAsync(cancelled)).ShouldContain("This pay page has expired");
        using var late = await sandbox.PostFormAsync(cancelled, form, ("Method", "telebirr"), ("Number", SandboxHost.Good));
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await sandbox.VerifyAsync("cancelled"))["status"].ShouldBe("pending");
    }

    [Theory]
    [InlineData("telebirr", "123", "", "10 digits that begin with 09 or 07")]
    [InlineData("telebirr", "", "", "10 digits that begin with 09 or 07")]
    [InlineData("", SandboxHost.Good, "", "Choose how to pay")]
    [InlineData("gold", SandboxHost.Good, "", "Choose how to pay")]
    [InlineData("amole", SandboxHost.Good, "", "Amole asks for a one-time password")]
    public async Task A_form_that_cannot_be_tried_takes_nothing_and_says_what_is_missing(string method, string number, string otp, string message)
    {
        var page = await sandbox.PendingAsync("tried");

        using var answer = await SubmitAsync(page, ("Method", method), ("Number", number), ("Otp", otp));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(message);
        (await sandbox.VerifyAsync("tried"))["status"].ShouldBe("pending");
    }

    [Theory]
    [InlineData("42", "123", "12/34", "digits of the card")]
    [InlineData("4200000000000000", "12", "12/34", "digits of the security code")]
    [InlineData("4200000000000000", "123", "13/34", "month and year")]
    public async Task A_card_that_cannot_be_tried_takes_nothing_and_says_what_is_missing(string number, string cvv, string expiry, string message)
    {
        var page = await sandbox.PendingAsync("tried");

        using var answer = await SubmitAsync(page, ("Method", "card"), ("Number", number), ("Cvv", cvv), ("Expiry", expiry));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(message);
    }

    [Fact]
    public async Task A_form_from_elsewhere_takes_nothing()
    {
        var page = await sandbox.PendingAsync("forged");

        using var answer = await sandbox.PostFormAsync(page, token: "", ("Method", "telebirr"), ("Number", SandboxHost.Good));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await sandbox.VerifyAsync("forged"))["status"].ShouldBe("pending");
    }

    [Fact]
    public async Task A_card_is_looked_at_and_forgotten()
    {
        await sandbox.PendingAsync("card");

        using var answer = await sandbox.TryPayAsync("card", new PaymentForm { Method = "card", Number = "4200 0000 0000 0000", Cvv = "123", Expiry = "12/34" });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await sandbox.TransactionAsync("card")).Payment.ShouldBe(new Payment("card", Mobile: null, FailureReason: null));
        (await sandbox.Anybody.GetStringAsync(new Uri("/sandbox/transactions/card", UriKind.Relative))).ShouldNotContain("4200");
    }

    [Fact]
    public async Task An_unknown_page_is_not_found()
    {
        using var answer = await sandbox.Anybody.GetAsync(new Uri("/checkout/payment/unknown", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("No such payment");
    }

    private async Task<HttpResponseMessage> SubmitAsync(Uri page, params (string Name, string Value)[] fields) =>
        await sandbox.PostFormAsync(page, await sandbox.FormTokenAsync(page), fields);
}
