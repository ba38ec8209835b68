using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Travel.PaymentSandbox;
using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;

namespace Travel.Tests.Fixtures;

/// <summary>The payment sandbox in the test's own process, on an address of this machine, and somebody who takes its webhooks and callbacks.</summary>
internal sealed partial class SandboxHost : IAsyncDisposable
{
    public const string SecretKey = "CHASECK_TEST-of-this-test";
    public const string WebhookSecret = "the-webhook-secret-of-this-test";

    /// <summary>A number of telebirr that succeeds, and one that does not.</summary>
    public const string Good = "0900123456";
    public const string Bad = "0911111111";

    private readonly WebApplication running;

    private SandboxHost(WebApplication running, PaymentReceiver receiver)
    {
        this.running = running;
        Receiver = receiver;
        Address = new Uri(running.Urls.Single());
        Anybody = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        Merchant = new HttpClient { BaseAddress = Address };
        Merchant.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SecretKey);
    }

    public Uri Address { get; }

    public PaymentReceiver Receiver { get; }

    /// <summary>Who has the secret key; follows redirects.</summary>
    public HttpClient Merchant { get; }

    /// <summary>Who has not, with cookies of their own; sees redirects.</summary>
    public HttpClient Anybody { get; }

    /// <param name="settings">Of the section Sandbox.</param>
    /// <param name="receiver">Of another host that was stopped, so that what it is owed still finds it.</param>
    public static async Task<SandboxHost> StartAsync(
        Dictionary<string, string?>? settings = null, TimeProvider? clock = null, PaymentReceiver? receiver = null, string environment = "Development")
    {
        var taker = receiver ?? await PaymentReceiver.StartAsync();
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SecretKey"] = SecretKey,
            ["WebhookSecret"] = WebhookSecret,
            ["WebhookAddress"] = taker.Webhooks.AbsoluteUri,
        };
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        var app = App(all, clock, environment);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            await taker.DisposeAsync();
            throw;
        }

        return new SandboxHost(app, taker);
    }

    /// <summary>A body that Chapa takes.</summary>
    public Dictionary<string, object?> Asked(string txRef, string amount = "400.00") => new(StringComparer.Ordinal)
    {
        ["amount"] = amount,
        ["currency"] = "ETB",
        ["tx_ref"] = txRef,
        ["callback_url"] = Receiver.Callback,
        ["return_url"] = Receiver.Return,
        ["customization"] = new { title = "Stay in Gondar", description = "Two nights. Room 4" },
        ["meta"] = new { booking = "TRV-1" },
    };

    public async Task<GatewayAnswer> InitializeAsync(object body) => await GatewayAnswer.OfAsync(await Merchant.PostAsJsonAsync("/v1/transaction/initialize", body));

    /// <summary>A payment that waits to be paid.</summary>
    /// <returns>Where.</returns>
    public async Task<Uri> PendingAsync(string txRef, string amount = "400.00") =>
        new((await InitializeAsync(Asked(txRef, amount))).Data.GetProperty("checkout_url").GetString()!);

    /// <summary>A payment that was paid.</summary>
    public async Task<Transaction> PaidAsync(string txRef, string amount = "400.00")
    {
        await PendingAsync(txRef, amount);
        return await PayAsync(txRef);
    }

    /// <summary>Pays as the page does, or fails to, with a number that does not succeed.</summary>
    public async Task<Transaction> PayAsync(string txRef, string number = Good)
    {
        using var answer = await TryPayAsync(txRef, new PaymentForm { Method = "telebirr", Number = number });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<Transaction>(SandboxJson.Options))!;
    }

    public Task<HttpResponseMessage> TryPayAsync(string txRef, PaymentForm form) =>
        Anybody.PostAsJsonAsync($"/sandbox/transactions/{txRef}/payment", form, SandboxJson.Options);

    public async Task<Transaction> TransactionAsync(string txRef) =>
        (await Anybody.GetFromJsonAsync<Transaction>($"/sandbox/transactions/{txRef}", SandboxJson.Options))!;

    public async Task<GatewayAnswer> VerifyAsync(string txRef) => await GatewayAnswer.OfAsync(await Merchant.GetAsync($"/v1/transaction/verify/{txRef}"));

    public async Task<GatewayAnswer> CancelAsync(string txRef) => await GatewayAnswer.OfAsync(await Merchant.PutAsync($"/v1/transaction/cancel/{txRef}", content: null));

    public async Task<GatewayAnswer> RefundAsync(string reference, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await GatewayAnswer.OfAsync(await Merchant.PostAsync($"/v1/refund/{reference}", content));
    }

    public async Task<GatewayAnswer> VerifyRefundAsync(string refId) => await GatewayAnswer.OfAsync(await Merchant.GetAsync($"/v1/refund/{refId}/verify"));

    /// <summary>For one payment, or for all that have no faults of their own.</summary>
    public async Task PlayAsync(FaultSet faults, string? txRef = null)
    {
        using var answer = await Anybody.PutAsJsonAsync(txRef is null ? "/sandbox/faults" : $"/sandbox/faults/{txRef}", faults, SandboxJson.Options);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    public async Task PlayNoFaultsAsync() => (await Anybody.DeleteAsync(new Uri("/sandbox/faults", UriKind.Relative))).EnsureSuccessStatusCode().Dispose();

    /// <summary>A part of it, where a test does at once what people or time do over HTTP.</summary>
    public T Part<T>()
        where T : notnull => running.Services.GetRequiredService<T>();

    /// <summary>Sends the last webhook of a payment now, once.</summary>
    public async Task SendWebhookAsync(string txRef) =>
        (await Anybody.PostAsync(new Uri($"/sandbox/transactions/{txRef}/webhook", UriKind.Relative), content: null)).EnsureSuccessStatusCode().Dispose();

    /// <summary>What proves that a form comes from the page it was on.</summary>
    public async Task<string> FormTokenAsync(Uri page) => FormToken().Match(await Anybody.GetStringAsync(page)).Groups["token"].Value;

    public async Task<HttpResponseMessage> PostFormAsync(Uri address, string token, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", token)));
        return await Anybody.PostAsync(address, form);
    }

    /// <summary>Stops the sandbox and leaves the receiver, for another host to find.</summary>
    public async Task StopAsync()
    {
        Merchant.Dispose();
        Anybody.Dispose();
        await running.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Receiver.DisposeAsync();
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();

    private static WebApplication App(Dictionary<string, string?> settings, TimeProvider? clock, string environment)
    {
        // By its own name, under which the build has noted where its stylesheet is.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(SandboxOptions).Assembly.GetName().Name, EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        foreach (var (name, value) in settings)
        {
            builder.Configuration[$"{SandboxOptions.Section}:{name}"] = value;
        }

        builder.AddSandbox();
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        var built = builder.Build();
        built.UseSandbox();
        return built;
    }
}

/// <summary>What Chapa answers: its envelope, whatever the status.</summary>
internal sealed record GatewayAnswer(HttpStatusCode Status, JsonElement Envelope)
{
    public JsonElement Data => Envelope.GetProperty("data");

    /// <summary>The message, a sentence or fields, as JSON.</summary>
    public string Message => Envelope.GetProperty("message") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : Envelope.GetProperty("message").GetRawText();

    public string? EnvelopeStatus => Envelope.GetProperty("status").GetString();

    public string? this[string property] => Data.GetProperty(property).GetString();

    public static async Task<GatewayAnswer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new GatewayAnswer(response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
        }
    }

    public void ShouldBeRefusal(HttpStatusCode status, string message)
    {
        Message.ShouldBe(message);
        Status.ShouldBe(status);
        EnvelopeStatus.ShouldBe("failed");
        Data.ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
