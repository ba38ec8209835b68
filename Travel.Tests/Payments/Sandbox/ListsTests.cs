using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Travel.PaymentSandbox;
using Travel.PaymentSandbox.Transactions;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

public sealed class ListsTests : IAsyncLifetime
{
    private readonly SetClock clock = new(new(2027, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync(clock: clock);

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task Birr_and_dollars_are_supported() =>
        (await GetAsync("/v1/currency_supported")).Envelope.GetProperty("currency_code").EnumerateArray().Select(code => code.GetString()).ShouldBe(["ETB", "USD"]);

    [Fact]
    public async Task Banks_have_a_name_and_say_whether_they_are_phones()
    {
        var banks = await GetAsync("/v1/banks");

        banks.Message.ShouldBe("Banks retrieved");
        var telebirr = banks.Data.EnumerateArray().Single(bank => bank.GetProperty("slug").GetString() == "telebirr");
        telebirr.GetProperty("is_mobilemoney").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Transactions_are_listed_newest_first_in_pages()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            await sandbox.PendingAsync($"payment-{number}");
            clock.Pass(TimeSpan.FromSeconds(1));
        }

        await sandbox.PayAsync("payment-2");

        var first = await GetAsync("/v1/transactions?per_page=3");
        var second = await GetAsync(first.Data.GetProperty("pagination").GetProperty("next_page_url").GetString()!);

        Rows(first).Concat(Rows(second)).ShouldBe(["payment-5 pending", "payment-4 pending", "payment-3 pending", "payment-2 success", "payment-1 pending"]);
        first.Data.GetProperty("pagination").GetProperty("prev_page_url").ValueKind.ShouldBe(JsonValueKind.Null);
        second.Data.GetProperty("pagination").GetProperty("next_page_url").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_events_of_a_payment_are_found_by_either_reference()
    {
        var paid = await sandbox.PaidAsync("paid");

        foreach (var reference in (string[])["paid", paid.Reference!])
        {
            (await GetAsync("/v1/transaction/events/" + reference)).Data.EnumerateArray().Select(seen => seen.GetProperty("message").GetString())
                .ShouldBe(["The payment link was created", "Paid with telebirr"]);
        }

        (await GetAsync("/v1/transaction/events/unknown")).ShouldBeRefusal(HttpStatusCode.NotFound, "Transaction not found");
    }

    [Fact]
    public async Task Tests_see_every_payment_and_every_webhook()
    {
        await sandbox.PendingAsync("pending");
        clock.Pass(TimeSpan.FromSeconds(1));
        await sandbox.PaidAsync("paid");

        (await sandbox.Anybody.GetFromJsonAsync<List<Transaction>>("/sandbox/transactions", SandboxJson.Options))!.Select(seen => seen.TxRef).ShouldBe(["paid", "pending"]);
        var webhook = (await sandbox.Anybody.GetFromJsonAsync<List<JsonElement>>("/sandbox/webhooks"))!.ShouldHaveSingleItem();
        webhook.GetProperty("txRef").GetString().ShouldBe("paid");
        webhook.GetProperty("webhook").GetProperty("event").GetString().ShouldBe("charge.success");
        (await sandbox.Anybody.GetAsync(new Uri("/sandbox/transactions/unknown", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<GatewayAnswer> GetAsync(string path) => await GatewayAnswer.OfAsync(await sandbox.Merchant.GetAsync(path));

    private static IEnumerable<string> Rows(GatewayAnswer page) => page.Data.GetProperty("transactions").EnumerateArray()
        .Select(row => $"{row.GetProperty("tx_ref").GetString()} {row.GetProperty("status").GetString()}");
}
