using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments.Sandbox;

/// <summary>With a Chromium of its own: the graph's tests have theirs only while the graph runs.</summary>
public sealed class PayPageInBrowserTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const int Phone = 360;
    private SandboxHost sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxHost.StartAsync();

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task A_payer_chooses_pays_and_is_back_at_the_merchants()
    {
        var address = await sandbox.PendingAsync("paid");
        await using var payer = await browser.VisitorAsync(sandbox.Address);
        await payer.Page.GotoAsync(address.AbsoluteUri);

        await payer.Page.GetByLabel("M-Pesa", new() { Exact = true }).CheckAsync();
        await payer.Page.GetByLabel("Phone number").FillAsync("0700123456");
        await payer.Page.GetByRole(AriaRole.Button, new() { Name = "by phone" }).ClickAsync();

        await Assertions.Expect(payer.Page).ToHaveURLAsync(sandbox.Receiver.Return.AbsoluteUri);
        (await sandbox.VerifyAsync("paid"))["method"].ShouldBe("mpesa");
        payer.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payer_who_cancels_is_back_at_the_merchants_and_the_payment_is_pending()
    {
        var address = await sandbox.PendingAsync("left");
        await using var payer = await browser.VisitorAsync(sandbox.Address);
        await payer.Page.GotoAsync(address.AbsoluteUri);

        await payer.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel and go back" }).ClickAsync();

        await Assertions.Expect(payer.Page).ToHaveURLAsync(sandbox.Receiver.Return.AbsoluteUri);
        (await sandbox.VerifyAsync("left"))["status"].ShouldBe("pending");
    }

    [Fact]
    public async Task Every_page_fits_a_phone_and_has_no_serious_accessibility_violation()
    {
        var pending = await sandbox.PendingAsync("a-reference-that-is-50-characters-long-and-no-more");
        var paid = await sandbox.PendingAsync("paid");
        await sandbox.PayAsync("paid");
        await using var payer = await browser.VisitorAsync(sandbox.Address, Phone);
        foreach (var address in (string[])[pending.AbsoluteUri, paid.AbsoluteUri, "/checkout/payment/unknown", "/", "/?payment=paid"])
        {
            await payer.Page.GotoAsync(address);
            (await payer.Page.WidthAsync()).ShouldBeLessThanOrEqualTo(Phone, address);
            (await payer.Page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical")
                .Select(violation => $"{address} {violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
        }

        payer.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_is_said_where_it_is_and_nothing_else_is_lost()
    {
        await using var payer = await browser.VisitorAsync(sandbox.Address, Phone);
        await payer.Page.GotoAsync((await sandbox.PendingAsync("wrong")).AbsoluteUri);

        await payer.Page.GetByLabel("Awash", new() { Exact = true }).CheckAsync();
        await payer.Page.GetByLabel("Phone number").FillAsync("0900123456");
        await payer.Page.GetByRole(AriaRole.Button, new() { Name = "by phone" }).ClickAsync();

        await Assertions.Expect(payer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Awash asks for a one-time password.");
        await Assertions.Expect(payer.Page.GetByLabel("One-time password")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(payer.Page.GetByLabel("Phone number")).ToHaveValueAsync("0900123456");
        await Assertions.Expect(payer.Page.GetByLabel("Awash", new() { Exact = true })).ToBeCheckedAsync();
    }
}
