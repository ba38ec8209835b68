using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Domain.Payments.Chapa;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments;

/// <summary>Travel's client against everything that is documented of Chapa's answers, everything that was seen, and what no gateway should say.</summary>
public sealed class ChapaClientTests : IAsyncLifetime
{
    private static readonly Money Price = new(250_000, Currencies.EthiopianBirr);
    private static readonly CheckoutRequest Checkout = new("TRV-1", Price, "Stay ABC", new Uri("http://web.test/back"), new Uri("http://api.test/callback"));
    private ScriptedGateway gateway = null!;

    public async Task InitializeAsync() => gateway = await ScriptedGateway.StartAsync(("OutgoingHttp:AttemptTimeout", "00:00:00.3"), ("OutgoingHttp:TotalTimeout", "00:00:01"));

    public async Task DisposeAsync() => await gateway.DisposeAsync();

    public static TheoryData<string, string> Found => new()
    {
        // [P] A number, test mode, all fields.
        { """{"message":"Payment details","status":"success","data":{"first_name":null,"email":"a@b.test","currency":"ETB","amount":2500,"charge":87.5,"mode":"test","method":"telebirr","type":"API","status":"success","reference":"AP1","tx_ref":"TRV-1"}}""", "Success ETB 250000 test AP1 telebirr 8750" },
        // The documentation's string.
        { """{"message":"Payment details","status":"success","data":{"currency":"ETB","amount":"2500.00","charge":"87.50","mode":"test","method":"telebirr","status":"success","reference":"AP1","tx_ref":"TRV-1"}}""", "Success ETB 250000 test AP1 telebirr 8750" },
        // [P] Pending: success around it, nulls in it.
        { """{"message":"Payment details","status":"success","data":{"currency":"ETB","amount":2500,"charge":null,"mode":"test","method":null,"status":"pending","reference":null,"tx_ref":"TRV-1"}}""", "Pending ETB 250000 test   " },
        { """{"message":{"a":["b"]},"status":"failed","data":{"currency":"ETB","amount":2500,"mode":"test","status":"failed","tx_ref":"TRV-1"}}""", "Failed ETB 250000 test   " },
        { """{"data":{"currency":"ETB","amount":2500,"mode":"test","status":"failed/cancelled","tx_ref":"TRV-1"}}""", "Failed ETB 250000 test   " },
        { """{"data":{"currency":"ETB","amount":-2500,"mode":"test","status":"success","tx_ref":"TRV-1"}}""", "Success  test   " },
        { """{"data":{"currency":"XAU","amount":2500,"mode":"test","status":"success","tx_ref":"TRV-1"}}""", "Success  test   " },
        // What no column could hold is not there.
        { $$$"""{"data":{"currency":"ETB","amount":2500,"mode":"test","status":"success","tx_ref":"TRV-1","reference":"{{{new string('x', 101)}}}","method":"{{{new string('x', 51)}}}"}}""", "Success ETB 250000 test   " },
        { """{"data":{"currency":"ETB","amount":2500,"mode":"test","status":"success","tx_ref":"TRV-1","reference":"a\u0000","method":"\ud800"}}""", "Success ETB 250000 test   " },
    };

    [Theory]
    [MemberData(nameof(Found))]
    public async Task A_payment_is_read_as_documented_and_as_seen(string answer, string read)
    {
        gateway.Says(200, answer);
        var payment = (await VerifyAsync()).ShouldBeOfType<VerifyAnswer.Found>().Payment;
        $"{payment.Status} {(payment.Amount is { } amount ? $"{amount.Currency} {amount.MinorUnits}" : "")} {payment.Mode} {payment.Reference} {payment.Method} {payment.Charge?.MinorUnits}".ShouldBe(read);
    }

    [Theory]
    [InlineData(404, """{"message":"Payment not paid yet","status":null,"data":null}""")]
    [InlineData(404, """{"message":{"tx_ref":["Payment not paid yet"]},"status":"failed","data":null}""")]
    public async Task A_payment_that_is_not_paid_is_pending_in_the_other_reading_too(int status, string answer)
    {
        gateway.Says(status, answer);
        (await VerifyAsync()).ShouldBeOfType<VerifyAnswer.Found>().Payment.Status.ShouldBe(GatewayPaymentStatus.Pending);
    }

    [Theory]
    [InlineData(404, """{"message":"Invalid transaction or Transaction not found","status":"failed","data":null}""")]
    [InlineData(400, """{"message":"Invalid transaction reference","status":"failed","data":null}""")]
    public async Task A_reference_that_the_gateway_does_not_know_is_that_in_both_readings(int status, string answer)
    {
        gateway.Says(status, answer);
        (await VerifyAsync()).ShouldBeOfType<VerifyAnswer.Unheard>();
    }

    public static TheoryData<int, string> Nothing => new()
    {
        { 200, "" },
        { 200, "<html>We are moving</html>" },
        { 200, "[]" },
        { 200, "{}" },
        { 200, """{"data":null}""" },
        { 200, """{"data":{"status":"paid"}}""" },
        { 200, """{"data":{"status":null,"amount":2500}}""" },
        { 200, """{"message":"\ud800","data":{"status":"success"}}""" },
        { 200, """{"status":"success","message":"Payment details","data":{"status":"\ud800"}}""" },
        { 200, new string('[', 100_000) },
        { 200, "{\"data\":{\"status\":\"success\"},\"x\":\"" + new string('x', 300_000) + "\"}" },
        { 301, """{"message":"Moved","data":{"status":"success"}}""" },
        { 400, """{"message":"validation.required"}""" },
        { 401, """{"message":"Invalid API Key or User doesn't exist","status":"failed"}""" },
        { 401, """{"message":"Test secret keys can't be used to verify a live transaction","status":"failed"}""" },
        { 403, "<html>Blocked</html>" },
        { 404, "<html>Not found</html>" },
        { 429, """{"message":"Invalid transaction"}""" },
        { 500, """{"message":"Server Error","data":{"status":"success"}}""" },
        { 503, """{"message":"Service Unavailable"}""" },
    };

    [Theory]
    [MemberData(nameof(Nothing))]
    public async Task What_says_nothing_about_the_money_is_no_answer(int status, string answer)
    {
        gateway.Says(status, answer);

        (await VerifyAsync()).ShouldBeOfType<VerifyAnswer.None>();
        if (status != 400)
        {
            (await gateway.Client.RefundAsync("AP1", Price, "RFD-1", "late", CancellationToken.None)).ShouldBe(new RefundAnswer.None());
        }
    }

    [Fact]
    public async Task A_page_is_opened_with_what_the_gateway_needs_and_no_name_or_address_of_a_guest()
    {
        gateway.Says(200, """{"message":"Hosted Link","status":"success","data":{"checkout_url":"https://checkout.chapa.co/checkout/payment/abc"}}""");

        (await gateway.Client.OpenCheckoutAsync(Checkout, CancellationToken.None)).ShouldBe(new CheckoutAnswer.Opened(new Uri("https://checkout.chapa.co/checkout/payment/abc")));

        gateway.Seen.ShouldHaveSingleItem().ShouldBe(
            """POST /v1/transaction/initialize {"amount":"2500.00","currency":"ETB","tx_ref":"TRV-1","callback_url":"http://api.test/callback","return_url":"http://web.test/back","customization":{"title":"Travel","description":"Stay ABC"}}""");
    }

    [Theory]
    [InlineData("""{"message":"The tx ref must not exceed 50 characters."}""", "The tx ref must not exceed 50 characters.")]
    [InlineData("""{"message":{"amount":["validation.min.numeric"],"currency":["validation.required"]}}""", "amount: validation.min.numeric; currency: validation.required")]
    [InlineData("""{"message":"one\r\ntwo\u0000"}""", "one  two ")]
    public async Task A_refusal_is_one_line_that_can_be_kept(string answer, string sentence)
    {
        gateway.Says(400, answer);
        (await gateway.Client.OpenCheckoutAsync(Checkout, CancellationToken.None)).ShouldBe(new CheckoutAnswer.Refused(sentence));
        (await gateway.Client.RefundAsync("AP1", Price, "RFD-1", "late", CancellationToken.None)).ShouldBe(new RefundAnswer.Refused(sentence));
    }

    [Fact]
    public async Task Of_a_refusal_without_end_is_kept_what_fits()
    {
        gateway.Says(400, $$"""{"message":"{{new string('x', 100_000)}}"}""");
        (await gateway.Client.RefundAsync("AP1", Price, "RFD-1", "late", CancellationToken.None)).ShouldBe(new RefundAnswer.Refused(new string('x', 500)));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/checkout/payment/abc")]
    [InlineData("")]
    public async Task A_page_that_is_none_is_no_answer(string page)
    {
        gateway.Says(200, $$$"""{"message":"Hosted Link","data":{"checkout_url":"{{{page}}}"}}""");
        (await gateway.Client.OpenCheckoutAsync(Checkout, CancellationToken.None)).ShouldBe(new CheckoutAnswer.None());
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task What_moves_money_or_opens_pages_is_sent_once_and_a_question_again(int status)
    {
        gateway.AnswerAsync = context =>
        {
            if (status == 0)
            {
                context.Abort();
            }

            context.Response.StatusCode = status == 0 ? 200 : status;
            return Task.CompletedTask;
        };

        (await gateway.Client.OpenCheckoutAsync(Checkout, CancellationToken.None)).ShouldBe(new CheckoutAnswer.None());
        (await gateway.Client.RefundAsync("AP1", Price, "RFD-1", "late", CancellationToken.None)).ShouldBe(new RefundAnswer.None());
        gateway.Seen.Count.ShouldBe(2);

        (await VerifyAsync()).ShouldBe(new VerifyAnswer.None());
        (await gateway.Client.VerifyRefundAsync("R1", CancellationToken.None)).ShouldBe(new RefundAnswer.None());
        gateway.Seen.Count.ShouldBe(2 + 4 + 4);
    }

    [Fact]
    public async Task A_gateway_that_hangs_is_waited_for_no_longer_than_the_pipeline_says()
    {
        gateway.AnswerAsync = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        (await VerifyAsync()).ShouldBe(new VerifyAnswer.None());
        (await gateway.Client.OpenCheckoutAsync(Checkout, CancellationToken.None)).ShouldBe(new CheckoutAnswer.None());
    }

    [Fact]
    public void An_answer_without_end_is_waited_for_twenty_seconds()
    {
        using var http = new HttpClient();
        _ = new ChapaClient(http, Options.Create(new ChapaOptions { SecretKey = ScriptedGateway.SecretKey }), NullLogger<ChapaClient>.Instance);
        http.Timeout.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Who_gives_up_is_told_so()
    {
        using var giveUp = new CancellationTokenSource();
        gateway.AnswerAsync = async context =>
        {
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        await Should.ThrowAsync<OperationCanceledException>(() => gateway.Client.VerifyAsync("TRV-1", giveUp.Token));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Nobody_is_followed_elsewhere(int status)
    {
        gateway.AnswerAsync = async context =>
        {
            if (!context.Request.Path.StartsWithSegments("/elsewhere", StringComparison.Ordinal))
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = "/elsewhere";
                return;
            }

            await context.Response.WriteAsync("""{"data":{"status":"success","tx_ref":"TRV-1","amount":2500,"currency":"ETB","mode":"test"}}""");
        };

        (await VerifyAsync()).ShouldBe(new VerifyAnswer.None());
        (await gateway.Client.RefundAsync("AP1", Price, "RFD-1", "late", CancellationToken.None)).ShouldBe(new RefundAnswer.None());

        gateway.Seen.Select(request => request.Split(' ')[1]).ShouldBe(["/v1/transaction/verify/TRV-1", "/v1/refund/AP1"]);
    }

    [Fact]
    public async Task A_reference_cannot_leave_its_place_in_the_address()
    {
        gateway.Says(404, """{"message":"Transaction not found"}""");
        await gateway.Client.VerifyAsync("../refund/x?y", CancellationToken.None);
        gateway.Seen.ShouldHaveSingleItem().ShouldStartWith("GET /v1/transaction/verify/");
    }

    [Fact]
    public async Task Neither_keys_nor_addresses_nor_what_was_sent_are_in_any_log()
    {
        foreach (var status in new[] { 200, 400, 500 })
        {
            gateway.Says(status, """{"message":"Hosted Link","data":{"email":"selam@travel.test","status":"paid","checkout_url":"https://checkout.chapa.co/the-token-of-the-page"}}""");
            await gateway.Client.OpenCheckoutAsync(Checkout, CancellationToken.None);
            await VerifyAsync();
            await gateway.Client.RefundAsync("AP1", Price, "RFD-1", "late", CancellationToken.None);
        }

        gateway.Logged.All.ShouldNotBeEmpty();
        foreach (var secret in new[] { ScriptedGateway.SecretKey, "selam@travel.test", "the-token-of-the-page", "the-webhook-secret", "Stay ABC", "http://web.test/back" })
        {
            gateway.Logged.All.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal), secret);
        }
    }

    private Task<VerifyAnswer> VerifyAsync() => gateway.Client.VerifyAsync("TRV-1", CancellationToken.None);
}
