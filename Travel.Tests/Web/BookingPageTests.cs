using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed partial class BookingPageTests(TravelGraph graph, Browser browser)
{
    [Fact]
    public async Task A_guest_books_a_stay_through_the_page_and_reads_the_confirmation()
    {
        var listing = await graph.Stays.ListingAsync();
        var stay = await graph.Stays.FreeAsync();
        await using var visitor = await browser.VisitorAsync(graph);
        var page = visitor.Page;

        await page.GotoAsync("/");
        await page.GetByLabel("Where to?").FillAsync(listing.Title);
        await page.GetByLabel("Check-in").FillAsync(SitePages.Iso(stay.CheckIn));
        await page.GetByLabel("Check-out").FillAsync(SitePages.Iso(stay.CheckOut));
        await page.GetByLabel("Guests").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find stays" }).ClickAsync();
        await page.GetByRole(AriaRole.Link).Filter(new() { HasText = listing.Title }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "See price and book" }).ClickAsync();
        await visitor.SignInAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Check and book" })).ToBeVisibleAsync();
        var total = await page.Locator(".quote tfoot td").InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(Trip());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(listing.City);
        await Expect(page.Locator(".status")).ToHaveTextAsync("Confirmed");
        await Expect(page.Locator(".quote tfoot td")).ToHaveTextAsync(total);
        var reference = await page.Locator(".reference strong").InnerTextAsync();
        (await graph.Mailbox.WaitForMailAboutAsync(reference)).ShouldHaveSingleItem().Text.ShouldContain(total);
    }

    [Fact]
    public async Task Taken_nights_are_refused_in_words_and_keep_what_was_typed()
    {
        const string Note = "We come by the evening boat.";
        var listing = await graph.Stays.ListingAsync();
        var stay = await graph.Stays.FreeAsync();
        await using var visitor = await browser.GuestAsync(graph);
        var page = visitor.Page;
        await page.GotoAsync(SitePages.BookPage(listing.Slug, stay));
        await page.GetByLabel("Note to the host").FillAsync(Note);
        using var somebodyElse = await graph.GuestAsync();
        await somebodyElse.BookedAsync(stay);

        var refusal = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync(),
            response => response.Request.Method == HttpMethod.Post.Method);

        refusal.Status.ShouldBe((int)HttpStatusCode.Conflict);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else has some of these nights");
        await Expect(page.GetByLabel("Check-in")).ToHaveValueAsync(SitePages.Iso(stay.CheckIn));
        await Expect(page.GetByLabel("Note to the host")).ToHaveValueAsync(Note);

        var later = await graph.Stays.FreeAsync();
        await page.GetByLabel("Check-in").FillAsync(SitePages.Iso(later.CheckIn));
        await page.GetByLabel("Check-out").FillAsync(SitePages.Iso(later.CheckOut));
        await page.GetByRole(AriaRole.Button, new() { Name = "See price for this stay" }).ClickAsync();
        await Expect(page.GetByLabel("Note to the host")).ToHaveValueAsync(Note);
        await page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(Trip());
        await Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync(Note);
    }

    [Fact]
    public async Task The_booking_can_be_made_with_the_keyboard_alone()
    {
        var listing = await graph.Stays.ListingAsync();
        var stay = await graph.Stays.FreeAsync();
        await using var visitor = await browser.VisitorAsync(graph);
        var page = visitor.Page;
        var keys = new KeyboardUser(page);

        await page.GotoAsync("/stays/" + listing.Slug);
        await keys.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" }));
        await page.Keyboard.PressAsync("Enter");
        await keys.TabToAsync(page.GetByLabel("Check-in"));
        await keys.TypeDateAsync(stay.CheckIn);
        await keys.TabToAsync(page.GetByLabel("Check-out"));
        await keys.TypeDateAsync(stay.CheckOut);
        await keys.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "See price and book" }));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(SignIn());
        await keys.TabToAsync(page.GetByLabel("Email"));
        await page.Keyboard.TypeAsync(TravelGraph.GuestEmail);
        await keys.TabToAsync(page.GetByLabel("Password"));
        await page.Keyboard.TypeAsync(TravelGraph.DemoPassword);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Check and book" })).ToBeVisibleAsync();
        await keys.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(Trip());
    }

    [GeneratedRegex("/trips/[0-9a-f-]{36}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trip();

    [GeneratedRegex("/sign-in\\?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignIn();
}
