using System.Net;
using System.Net.Http.Json;
using Travel.PaymentSandbox;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class PanelTests : IAsyncLifetime
{
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync();

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task The_form_has_a_field_for_every_fault()
    {
        var page = await PageAsync("/");

        foreach (var fault in typeof(FaultSet).GetProperties().Where(property => property.Name != nameof(FaultSet.None)))
        {
            page.ShouldContain($"name=\"{fault.Name}\"");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("own")]
    public async Task The_form_sets_the_faults_it_shows(string? txRef)
    {
        FaultSet wanted = new()
        {
            WebhookCopies = 3,
            WebhookDelay = TimeSpan.FromSeconds(2),
            WebhookLost = true,
            WebhookSignature = WebhookSignature.OtherKey,
            VerifyAmount = 1.5m,
            VerifyCurrency = "USD",
            UnpaidVerify = UnpaidVerify.NotPaid404,
        };
        var address = txRef is null ? "" : "/" + txRef;

        using var set = await PostAsync("/panel/faults" + address, Filled(wanted));

        set.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await PlayedAsync(txRef)).ShouldBe(wanted);
        (await PlayedAsync("other")).ShouldBe(txRef is null ? wanted : new FaultSet());
        var shown = await PageAsync(txRef is null ? "/" : "/?payment=" + txRef);
        shown.ShouldContain("""name="WebhookLost" value="true" checked""");
        shown.ShouldContain("""<option value="OtherKey" selected>""");
        shown.ShouldContain("""name="VerifyAmount" value="1.5" """.TrimEnd());
        using var clear = await PostAsync("/panel/clear" + address);
        (await PlayedAsync(txRef)).ShouldBe(new FaultSet());
    }

    [Fact]
    public async Task What_cannot_be_played_is_said_at_its_field()
    {
        using var answer = await PostAsync("/panel/faults", ("WebhookCopies", "1000"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("must be between 1 and 100");
        (await PlayedAsync()).ShouldBe(new FaultSet());
    }

    [Theory]
    [InlineData("pay", "success")]
    [InlineData("fail", "failed")]
    public async Task A_button_pays_or_fails_to_pay(string act, string status)
    {
        await sandbox.PendingAsync("clicked");

        using var answer = await PostAsync("/panel/transactions/clicked/" + act);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await sandbox.VerifyAsync("clicked"))["status"].ShouldBe(status);
    }

    [Fact]
    public async Task Buttons_send_the_webhook_and_the_callback_again()
    {
        await sandbox.PaidAsync("paid");
        await sandbox.Receiver.WebhooksAsync(1);
        await sandbox.Receiver.CallbacksAsync(1);

        using var webhook = await PostAsync("/panel/transactions/paid/webhook");
        using var callback = await PostAsync("/panel/transactions/paid/callback");

        (await sandbox.Receiver.WebhooksAsync(2)).Count.ShouldBe(2);
        (await sandbox.Receiver.CallbacksAsync(2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Payments_are_listed_with_what_the_merchant_was_answering()
    {
        sandbox.Receiver.Answer = _ => Task.FromResult(418);
        await sandbox.PaidAsync("paid");

        var page = await Eventually.GetAsync(() => PageAsync("/"), seen => seen.Contains("418", StringComparison.Ordinal), TimeSpan.FromSeconds(20), "The answer on the panel");

        page.ShouldContain(">paid</a>");
        page.ShouldContain("charge.success");
        page.ShouldContain("callback");
    }

    [Theory]
    [InlineData("/panel/faults")]
    [InlineData("/panel/clear")]
    [InlineData("/panel/transactions/pending/pay")]
    [InlineData("/panel/transactions/pending/fail")]
    [InlineData("/panel/transactions/pending/webhook")]
    public async Task A_form_from_elsewhere_does_nothing(string path)
    {
        await sandbox.PendingAsync("pending");
        await sandbox.PlayAsync(new FaultSet { WebhookLost = true });
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("WebhookCopies", "2")]);

        using var answer = await sandbox.Anybody.PostAsync(new Uri(path, UriKind.Relative), form);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PlayedAsync()).ShouldBe(new FaultSet { WebhookLost = true });
        (await sandbox.VerifyAsync("pending"))["status"].ShouldBe("pending");
    }

    // As a browser sends it: every field that is not a box, and the boxes that are ticked.
    private static (string Name, string Value)[] Filled(FaultSet faults) =>
    [
        .. typeof(FaultSet).GetProperties()
            .Where(property => property.Name != nameof(FaultSet.None))
            .Select(property => (property.Name, Value: property.GetValue(faults)))
            .Where(field => field.Value is not false)
            .Select(field => (field.Name, field.Value is true ? "true" : FormattableString.Invariant($"{field.Value}"))),
    ];

    private async Task<FaultSet?> PlayedAsync(string? txRef = null) =>
        await sandbox.Anybody.GetFromJsonAsync<FaultSet>(txRef is null ? "/sandbox/faults" : $"/sandbox/faults/{txRef}", SandboxJson.Options);

    private Task<string> PageAsync(string path) => sandbox.Anybody.GetStringAsync(new Uri(path, UriKind.Relative));

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await sandbox.PostFormAsync(new Uri(path, UriKind.Relative), await sandbox.FormTokenAsync(new Uri("/", UriKind.Relative)), fields);
}
