using System.Net;
using System.Text;
using System.Text.Json;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class InitializeTests : IAsyncLifetime
{
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync();

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task A_payment_is_answered_with_the_address_of_its_pay_page()
    {
        var answer = await sandbox.InitializeAsync(sandbox.Asked("first"));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Message.ShouldBe("Hosted Link");
        answer.EnvelopeStatus.ShouldBe("success");
        var page = new Uri(answer["checkout_url"]!);
        page.Authority.ShouldBe(sandbox.Address.Authority);
        page.Segments[^1].ShouldMatch("^[A-Za-z0-9]{45}$");
        (await sandbox.Anybody.GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_pay_page_is_where_browsers_reach_the_sandbox()
    {
        await using var behind = await SandboxHost.StartAsync(new() { ["PublicAddress"] = "https://pay.travel.test/" });

        (await behind.PendingAsync("behind-a-proxy")).AbsoluteUri.ShouldStartWith("https://pay.travel.test/checkout/payment/");
    }

    [Theory]
    [InlineData("amount", null, "validation.required")]
    [InlineData("amount", "", "validation.required")]
    [InlineData("amount", "0", "validation.min.numeric")]
    [InlineData("amount", "-1", "validation.min.numeric")]
    [InlineData("amount", "1,000", "validation.numeric")]
    [InlineData("amount", "a lot", "validation.numeric")]
    [InlineData("amount", "1e3", "validation.numeric")]
    [InlineData("amount", "1000000.01", "The amount must not exceed 1000000.")]
    [InlineData("currency", null, "validation.required")]
    [InlineData("tx_ref", null, "validation.required")]
    [InlineData("tx_ref", "a-reference-that-is-51-characters-long-so-one-too-m", "The tx ref must not exceed 50 characters.")]
    [InlineData("email", "guest@example.com", "validation.email")]
    [InlineData("email", "guest", "validation.email")]
    [InlineData("phone_number", "251900123456", "validation.phone_number")]
    [InlineData("phone_number", "0800123456", "validation.phone_number")]
    [InlineData("return_url", "javascript:alert(1)", "validation.url")]
    [InlineData("callback_url", "/callback", "validation.url")]
    public async Task What_is_wrong_with_a_field_is_said_under_its_name(string field, string? value, string message)
    {
        var body = sandbox.Asked("wrong");
        body[field] = value;

        (await sandbox.InitializeAsync(body)).ShouldBeRefusal(HttpStatusCode.BadRequest, $$"""{"{{field}}":["{{message}}"]}""");
    }

    [Theory]
    [InlineData("title", "Seventeen letters", "The customization.title may not be greater than 16 characters.")]
    [InlineData("title", "Stay: Gondar", "The customization.title may only contain letters, numbers, hyphens, underscores, spaces, and dots.")]
    [InlineData("description", "Two nights, room 4", "The customization.description may only contain letters, numbers, hyphens, underscores, spaces, and dots.")]
    public async Task What_the_pay_page_shows_is_short_and_plain(string part, string text, string message)
    {
        var body = sandbox.Asked("wrong");
        body["customization"] = new Dictionary<string, string>(StringComparer.Ordinal) { [part] = text };

        (await sandbox.InitializeAsync(body)).ShouldBeRefusal(HttpStatusCode.BadRequest, $$"""{"customization.{{part}}":["{{message}}"]}""");
    }

    [Theory]
    [InlineData("tx_ref", "a-reference-that-is-50-characters-long-and-no-more")]
    [InlineData("amount", "1000000")]
    [InlineData("amount", "0.01")]
    [InlineData("currency", "USD")]
    [InlineData("email", "guest@travel.test")]
    [InlineData("phone_number", "0912345678")]
    [InlineData("phone_number", "0712345678")]
    public async Task What_is_just_right_is_taken(string field, string value)
    {
        var body = sandbox.Asked("right");
        body[field] = value;

        (await sandbox.InitializeAsync(body)).Message.ShouldBe("Hosted Link");
    }

    [Fact]
    public async Task An_amount_may_be_a_number_too()
    {
        var body = sandbox.Asked("number");
        body["amount"] = 12.5m;
        await sandbox.InitializeAsync(body);

        (await sandbox.VerifyAsync("number")).Data.GetProperty("amount").GetDecimal().ShouldBe(12.5m);
    }

    [Fact]
    public async Task Only_birr_and_dollars_are_taken()
    {
        var body = sandbox.Asked("euro");
        body["currency"] = "EUR";

        (await sandbox.InitializeAsync(body)).ShouldBeRefusal(HttpStatusCode.BadRequest, "Invalid currency, EUR is not supported");
    }

    [Fact]
    public async Task A_reference_is_good_for_one_payment()
    {
        await sandbox.PendingAsync("twice");

        (await sandbox.InitializeAsync(sandbox.Asked("twice"))).ShouldBeRefusal(HttpStatusCode.BadRequest, "Transaction reference has been used before");
    }

    [Fact]
    public async Task Of_callers_racing_for_one_reference_one_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => sandbox.InitializeAsync(sandbox.Asked("raced"))));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Theory]
    [InlineData("amount=1", "application/x-www-form-urlencoded", "Incorrect header settings Please check if content-type is present and set to application/json")]
    [InlineData("{", "application/json", "Invalid JSON")]
    [InlineData("[]", "application/json", "Invalid JSON")]
    public async Task What_is_not_json_is_refused(string body, string type, string message)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);

        (await GatewayAnswer.OfAsync(await sandbox.Merchant.PostAsync("/v1/transaction/initialize", content))).ShouldBeRefusal(HttpStatusCode.BadRequest, message);
    }

    [Fact]
    public async Task Whatever_the_merchant_adds_comes_back()
    {
        await sandbox.PendingAsync("with-meta");

        var data = (await sandbox.VerifyAsync("with-meta")).Data;
        data.GetProperty("meta").GetProperty("booking").GetString().ShouldBe("TRV-1");
        JsonSerializer.Serialize(data.GetProperty("customization")).ShouldBe("""{"title":"Stay in Gondar","description":"Two nights. Room 4","logo":null}""");
    }
}
