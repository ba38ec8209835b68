using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain.Accounts;
using Travel.Domain.Operations;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class OperationsPagesTests(TravelGraph graph, Browser browser)
{
    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);

    [Fact]
    public async Task An_operator_finds_a_booking_by_its_reference_and_sends_back_what_nobody_can_place()
    {
        await using var db = await graph.DatabaseAsync();
        var (stay, payment) = await OnlineStay.MismatchedAsync(db, Yesterday, new Money(123_400, Currencies.EthiopianBirr));
        await using var visitor = await browser.OperatorAsync(graph, 360);
        var page = visitor.Page;
        await page.GotoAsync("/operations/bookings");

        await page.GetByLabel("Reference").FillAsync(stay.Booking.Reference.ToLowerInvariant());
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = stay.Booking.Reference }).First.ClickAsync();
        await Expect(page.GetByText(payment.TxRef).First).ToBeVisibleAsync();
        await page.GetByLabel("Amount").FillAsync("2000.00");
        await page.GetByLabel("Why?").FillAsync("Half of it came.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it back" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("At most 1,234.00 ETB");
        await page.GetByLabel("Amount").FillAsync("1234.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it back" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Refunds" })).ToBeVisibleAsync();
        await Expect(page.GetByText("by an operator")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = payment.TxRef })).ToContainTextAsync("Half of it came.");
        visitor.Errors.ShouldBeEmpty();
        (await graph.Mailbox.WaitForMailAboutAsync(stay.Booking.Reference, "Money comes back to you")).Text.ShouldContain("the way you paid");
    }

    [Fact]
    public async Task An_operator_has_the_payment_provider_asked_again_with_one_click()
    {
        await using var db = await graph.DatabaseAsync();
        var stay = await OnlineStay.HeldAsync(db, Yesterday);
        var payment = await stay.AttemptAsync(opened: true);
        await using var visitor = await browser.OperatorAsync(graph);
        var page = visitor.Page;
        await page.GotoAsync("/operations/payments");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = payment.TxRef });

        await row.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();
        await row.GetByRole(AriaRole.Link, new() { Name = stay.Booking.Reference }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Money of {stay.Booking.Reference}" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = payment.TxRef })).ToContainTextAsync("payment-reconciled");
    }

    [Fact]
    public async Task An_operator_says_what_became_of_a_refund_in_doubt()
    {
        await using var db = await graph.DatabaseAsync();
        var (stay, _) = await OnlineStay.PaidAsync(db, Yesterday);
        // Not asked about while the test runs: a worker is there.
        var refund = await stay.PaidTwiceAsync(refund => refund.Doubt("Refund reference has been used before", Yesterday.AddDays(30)));
        await using var visitor = await browser.OperatorAsync(graph, 360);
        var page = visitor.Page;
        await page.GotoAsync($"/operations/bookings/{stay.Booking.Id}");

        await page.GetByLabel("It was made: the guest has the money").CheckAsync();
        await page.GetByLabel("How do you know?").FillAsync("   -   ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say so" }).ClickAsync();
        await Expect(page.GetByText("Between 3 and 500 characters.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("It was made: the guest has the money")).ToBeCheckedAsync();
        await page.GetByLabel("How do you know?").FillAsync("It is in their list.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say so" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A refund is in doubt" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = refund.Reference })).ToContainTextAsync("refunded");
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_sees_every_rule_that_is_checked()
    {
        await using var visitor = await browser.OperatorAsync(graph);

        await visitor.Page.GotoAsync("/operations/invariants");

        foreach (var invariant in Invariants.All)
        {
            await Expect(visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = invariant.Rule })).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task An_operator_sees_who_is_invited_back_before_anybody_is()
    {
        await using (var db = await graph.DatabaseAsync())
        {
            db.Users.Add(Persons.New(since: Yesterday.AddDays(-500)));
            await db.SaveChangesAsync();
        }

        using var client = await graph.OperatorAsync();
        var next = await client.GetFromJsonAsync<Page<InactiveAccount>>("/api/v1/operations/accounts/inactive", TravelJson.Options);
        await using var visitor = await browser.OperatorAsync(graph, 360);
        await visitor.Page.GotoAsync("/operations/bookings");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Guests" }).ClickAsync();

        var rows = visitor.Page.GetByRole(AriaRole.Table).Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(next!.Items.Count);
        foreach (var (guest, row) in next.Items.Select((guest, row) => (guest, row)))
        {
            await Expect(rows.Nth(row)).ToContainTextAsync(guest.Name);
            await Expect(rows.Nth(row)).ToContainTextAsync(guest.Email);
            await Expect(rows.Nth(row)).ToContainTextAsync(guest.Since.ToString("d MMM yyyy", CultureInfo.InvariantCulture));
        }

        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_finds_somebody_by_name_and_by_address_and_sees_what_mails_they_got()
    {
        var person = Persons.New(Role.Host);
        person.DisplayName = $"Saba {person.Id:N}"[..25];
        await using (var db = await graph.DatabaseAsync())
        {
            db.Users.Add(person);
            await db.SaveChangesAsync();
        }

        await using var visitor = await browser.OperatorAsync(graph, 360);
        var page = visitor.Page;
        await page.GotoAsync("/operations/guests");
        await page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).ClickAsync();
        var rows = page.GetByRole(AriaRole.Table).Locator("tbody tr");

        foreach (var text in new[] { person.DisplayName[3..], person.Email! })
        {
            await page.GetByLabel("Who").FillAsync(text);
            await page.GetByLabel("Role").SelectOptionAsync("host");
            await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
            await Expect(rows).ToHaveCountAsync(1);
            await Expect(rows).ToContainTextAsync(person.DisplayName);
            await Expect(page.GetByLabel("Role")).ToHaveValueAsync("host");
        }

        await page.GetByLabel("Role").SelectOptionAsync("guest");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Expect(page.GetByText("There is nobody like that.")).ToBeVisibleAsync();
        await page.GotoAsync("/operations/users?q=" + new string('x', 255));
        await Expect(page.Locator("#q-error")).ToContainTextAsync("Between 1 and 254 characters");
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_suspends_a_place_its_host_reads_why_and_publishes_it_again_when_that_is_lifted()
    {
        var account = await graph.OwnAccountAsync(Role.Host);
        using var api = await graph.SignedInAsync(account.SignIn);
        var listing = await api.PublishedAsync();
        await using var host = await browser.SignedInAsync(graph, account.SignIn, 360);
        await host.Page.GotoAsync($"/hosting/listings/{listing.Id}");
        await using var visitor = await browser.OperatorAsync(graph, 360);
        var page = visitor.Page;
        await page.GotoAsync("/operations/users");
        await page.GetByRole(AriaRole.Link, new() { Name = "Listings", Exact = true }).ClickAsync();
        await page.GetByLabel("Which").FillAsync(listing.Listing.Title.ToUpperInvariant());
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = listing.Listing.Title }).ClickAsync();
        await page.GetByLabel("Why?").FillAsync("   -   ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Expect(page.GetByText("Between 3 and 500 characters.")).ToBeVisibleAsync();
        await page.GetByLabel("Why?").FillAsync("It is not where the map says.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Expect(page.GetByText("It is not where the map says.")).ToBeVisibleAsync();

        // Of a page from before.
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Archive this place" }).ClickAsync();
        await Expect(host.Page.GetByText("It is not where the map says.")).ToBeVisibleAsync();
        await Expect(host.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" })).ToHaveCountAsync(0);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Your places" }).ClickAsync();
        await Expect(host.Page.GetByText("It is not where the map says.")).ToBeVisibleAsync();
        (await graph.Mailbox.WaitForMailToAsync(account.SignIn.Email, "Your place is suspended: " + listing.Listing.Title)).Text.ShouldContain("It is not where the map says.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Lift the suspension" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Suspend it" })).ToBeVisibleAsync();
        await host.Page.GetByRole(AriaRole.Heading).GetByRole(AriaRole.Link, new() { Name = listing.Listing.Title }).ClickAsync();
        var publish = host.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" });
        await Expect(publish).ToBeVisibleAsync();
        await page.GetByLabel("Why?").FillAsync("It is still not there.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Expect(page.GetByText("It is still not there.")).ToBeVisibleAsync();
        await publish.ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("It is still not there.");
        await Expect(publish).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Lift the suspension" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Suspend it" })).ToBeVisibleAsync();
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Details" }).ClickAsync();
        await publish.ClickAsync();
        await Expect(host.Page.GetByText("Guests can find and book this place now.")).ToBeVisibleAsync();
        host.Errors.ShouldBeEmpty();
        visitor.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/operations/mails")]
    [InlineData("/operations/mails/suppressions")]
    [InlineData("/operations/errands")]
    [InlineData("/operations/payments")]
    [InlineData("/operations/reports")]
    [InlineData("/operations/bookings")]
    [InlineData("/operations/bookings?reference=7KDM4QXR")]
    [InlineData("/operations/bookings/01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8")]
    [InlineData("/operations/listings")]
    [InlineData("/operations/listings/01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8")]
    [InlineData("/operations/guests")]
    [InlineData("/operations/users")]
    [InlineData("/operations/invariants")]
    [InlineData("/operations/audit")]
    public async Task For_a_guest_there_is_no_such_page(string address)
    {
        await using var guest = await browser.GuestAsync(graph);

        (await guest.Page.GotoAsync(address))!.Status.ShouldBe(404);
    }
}
