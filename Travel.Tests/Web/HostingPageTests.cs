using System.Net;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Travel.Contracts.Accounts;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed partial class HostingPageTests(TravelGraph graph, Browser browser)
{
    [Fact]
    public async Task A_host_lists_a_place_with_a_photo_and_prices_and_a_guest_sees_what_a_stay_costs()
    {
        var title = $"Harbour flat {Guid.NewGuid().ToString()[..8]}";
        await using var host = await browser.SignedInAsync(graph, await graph.AccountAsync(Role.Host));
        var page = host.Page;

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Hosting" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a place" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByLabel("Description").FillAsync(Hosts.Description);
        await page.GetByLabel("Town or city").FillAsync("Massawa");
        await page.GetByLabel("Country").FillAsync("Eritrea");
        await page.GetByLabel("Latitude").FillAsync("15.6097");
        await page.GetByLabel("Longitude").FillAsync("39.45");
        await page.GetByLabel("Price of a night").FillAsync("a lot");
        await page.GetByLabel("Wi-Fi").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();

        // Refused in words, and nothing is lost.
        await Expect(page.GetByText("Is not an amount, like 1250.00.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync(title);
        await Expect(page.GetByLabel("Wi-Fi")).ToBeCheckedAsync();
        await page.GetByLabel("Price of a night").FillAsync("1000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(Photos());
        await page.GetByLabel("Photo", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "huge.png", MimeType = "image/png", Buffer = Pictures.Png(2600, 1300) });
        await Expect(page.Locator("#scaled")).ToContainTextAsync("Made smaller");
        await page.GetByLabel("What is to be seen (optional)").FillAsync("The harbour from the balcony");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add this photo" }).ClickAsync();
        var photo = page.GetByAltText("The harbour from the balcony");
        await Expect(photo).ToHaveAttributeAsync("width", "2000");
        await Expect(photo).ToHaveAttributeAsync("height", "1000");
        (await photo.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)")).ShouldBe(2000);

        await page.GetByRole(AriaRole.Link, new() { Name = "Prices" }).ClickAsync();
        await page.GetByLabel("Cleaning, once a stay (optional)").FillAsync("300");
        var season = page.GetByRole(AriaRole.Group, new() { Name = "Season 1" });
        var from = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(60);
        await season.GetByLabel("Name").FillAsync("Festival");
        await season.GetByLabel("First night").FillAsync(SitePages.Iso(from));
        await season.GetByLabel("Departure after the last night").FillAsync(SitePages.Iso(from.AddDays(10)));
        await season.GetByLabel("Price of a night").FillAsync("2000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save prices" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(season.GetByLabel("Name")).ToHaveValueAsync("Festival");

        await page.GetByRole(AriaRole.Link, new() { Name = "Details" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText("Guests can find and book this place now.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "As guests see it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        host.Errors.ShouldBeEmpty();

        await using var guest = await browser.VisitorAsync(graph);
        await guest.Page.GotoAsync(page.Url);
        await guest.Page.GetByLabel("Check-in").FillAsync(SitePages.Iso(from));
        await guest.Page.GetByLabel("Check-out").FillAsync(SitePages.Iso(from.AddDays(2)));
        var price = guest.Page.Locator(".stay-quote .quote");
        await Expect(price.Locator("tfoot td")).ToHaveTextAsync("4,300.00 ETB");
        await Expect(price).ToContainTextAsync("Nights, Festival × 2");
        await guest.Page.GetByLabel("Check-out").FillAsync(SitePages.Iso(from.AddDays(3)));
        await Expect(price.Locator("tfoot td")).ToHaveTextAsync("6,300.00 ETB");
        await guest.Page.GetByLabel("Guests").FillAsync("20");
        await Expect(guest.Page.Locator(".stay-quote")).ToContainTextAsync("at most 2 guests");
        guest.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Photos_are_put_in_order_and_removed_and_every_page_of_a_host_is_accessible_and_fits_a_phone()
    {
        var (host, account) = await AccountAsync();
        var listing = await host.PublishedAsync();
        (await host.AddPhotoAsync(listing.Id, Pictures.Png(8, 6), "Second")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await using var visitor = await browser.SignedInAsync(graph, account, width: 360);
        var page = visitor.Page;
        string[] addresses =
        [
            "/hosting", "/hosting/listings/new", $"/hosting/listings/{listing.Id}", $"/hosting/listings/{listing.Id}/photos", $"/hosting/listings/{listing.Id}/rates", $"/stays/{listing.Slug}",
        ];
        foreach (var address in addresses)
        {
            (await page.GotoAsync(address))!.Status.ShouldBe(200, address);
            (await page.WidthAsync()).ShouldBeLessThanOrEqualTo(360, address);
            var faults = (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical");
            faults.Select(violation => $"{address} {violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
        }

        // On the stay's page the arrow keys turn the photos.
        await page.Locator(".gallery-strip").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(".gallery-count")).ToHaveTextAsync("Photo 2 of 2");

        await page.GotoAsync($"/hosting/listings/{listing.Id}/photos");
        await page.GetByLabel("What is to be seen on photo 1").FillAsync("First");
        await page.GetByRole(AriaRole.Button, new() { Name = "Later photo 1" }).ClickAsync();
        await Expect(page.GetByLabel("What is to be seen on photo 2")).ToHaveValueAsync("First");
        await Expect(page.GetByLabel("What is to be seen on photo 1")).ToHaveValueAsync("Second");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove photo 1" }).ClickAsync();
        await Expect(page.GetByText("The photo is removed.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove photo 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("must keep this photo");
        visitor.Errors.ShouldBeEmpty();
        host.Dispose();
    }

    [Fact]
    public async Task Who_edits_in_two_windows_is_told_loses_nothing_and_may_save_again()
    {
        var (host, account) = await AccountAsync();
        var draft = await host.DraftAsync();
        await using var visitor = await browser.SignedInAsync(graph, account);
        var page = visitor.Page;
        await page.GotoAsync($"/hosting/listings/{draft.Id}");
        (await host.PutAsync($"/api/v1/listings/{draft.Id}", draft.Listing with { Bedrooms = 7 }, "*")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await page.GetByLabel("Title").FillAsync("What I typed meanwhile");
        var refusal = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync(), response => response.Request.Method == HttpMethod.Post.Method);

        refusal.Status.ShouldBe((int)HttpStatusCode.PreconditionFailed);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("has changed since you opened this page");
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("What I typed meanwhile");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What I typed meanwhile");

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("something is missing");
        host.Dispose();
    }

    [Fact]
    public async Task A_photo_whose_answer_is_not_there_yet_is_sent_again_as_the_same_one()
    {
        var account = await graph.OwnAccountAsync(Role.Host);
        var draft = await graph.DraftAsync(account.Id);
        await using var visitor = await browser.SignedInAsync(graph, account.SignIn);
        var page = visitor.Page;
        await page.GotoAsync($"/hosting/listings/{draft.Id}/photos");
        var key = page.Locator("input[name='Upload.Key']");
        var first = await key.InputValueAsync();
        await using var db = await graph.DatabaseAsync();
        await using (await db.Database.BeginTransactionAsync())
        {
            var name = $"idempotency:{account.Id}:{first}";
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))");
            await AddPhotoAsync(page);
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is being worked on at this moment");
        }

        await Expect(key).ToHaveValueAsync(first);
        await AddPhotoAsync(page);
        await Expect(page.GetByText("The photo is added.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_guest_is_shown_no_way_to_hosting_and_told_why_when_they_find_it()
    {
        await using var guest = await browser.GuestAsync(graph);

        await guest.Page.GotoAsync("/");
        await Expect(guest.Page.GetByRole(AriaRole.Link, new() { Name = "Hosting" })).ToHaveCountAsync(0);
        (await guest.Page.GotoAsync("/hosting"))!.Status.ShouldBe((int)HttpStatusCode.Forbidden);

        await Expect(guest.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Only hosts can do this");
    }

    private static async Task AddPhotoAsync(IPage page)
    {
        await page.GetByLabel("Photo", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "view.png", MimeType = "image/png", Buffer = Pictures.Png(4, 3) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add this photo" }).ClickAsync();
    }

    private async Task<(HttpClient Client, SignInRequest Account)> AccountAsync()
    {
        var account = await graph.AccountAsync(Role.Host);
        var client = graph.Visitor();
        var session = await client.SignInAsync(account).SessionAsync();
        client.DefaultRequestHeaders.Authorization = new("Bearer", session.AccessToken);
        return (client, account);
    }

    [GeneratedRegex("/hosting/listings/[0-9a-f-]{36}/photos\\?done=created$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Photos();
}
