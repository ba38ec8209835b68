using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Travel.Contracts.Bookings;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

/// <summary>
/// From the front page on, by links and buttons alone: the one address that is typed is the front page's, and the one that is followed
/// from elsewhere is in a mail.
/// </summary>
[Collection(TravelGraph.Collection)]
public sealed partial class JourneyTests(TravelGraph graph, Browser browser)
{
    private const string Password = "correct horse";
    private static readonly DateOnly Arrival = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(40);

    [Fact]
    public async Task A_guest_registers_finds_a_place_books_it_moves_the_stay_and_cancels_it()
    {
        var place = await PlaceAsync();
        await using var guest = await browser.VisitorAsync(graph);
        var page = guest.Page;
        await RegisterAsync(guest, "Liya Bekele", "I’m looking for places to stay");

        await page.GetByLabel("Where to?").FillAsync(place.Listing.Title);
        await SayDatesAsync(page, Arrival, nights: 2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find stays" }).ClickAsync();
        await Expect(page.Locator(".card")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = place.Listing.Title }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "See price and book" }).ClickAsync();
        await Expect(page.Locator(".quote tfoot td")).ToHaveTextAsync((SampleMoney.Price * 2).ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        await Expect(page.Locator(".status")).ToHaveTextAsync("Confirmed");

        await page.GetByRole(AriaRole.Link, new() { Name = "Trips" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = place.Listing.Title }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Change dates or guests" }).ClickAsync();
        await page.GetByLabel("Check-out").FillAsync(SitePages.Iso(Arrival.AddDays(3)));
        await page.GetByRole(AriaRole.Button, new() { Name = "See the price" }).ClickAsync();
        await Expect(page.GetByText($"You pay {SampleMoney.Price * 3} on arrival instead of {SampleMoney.Price * 2}.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the stay" }).ClickAsync();
        await Expect(page.Locator(".trip-timeline")).ToContainTextAsync("Stay changed by you");
        await Expect(page.Locator(".quote tfoot td")).ToHaveTextAsync((SampleMoney.Price * 3).ToString());

        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.Locator(".quote")).ToContainTextAsync("Comes back");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the booking" }).ClickAsync();
        await Expect(page.Locator(".status")).ToHaveTextAsync("Cancelled");
        await page.GetByRole(AriaRole.Link, new() { Name = "Trips" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Past" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = place.Listing.Title })).ToBeVisibleAsync();
        guest.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_registers_lists_a_place_accepts_a_request_and_sees_its_nights_in_the_calendar()
    {
        var title = $"Lighthouse {Guid.NewGuid().ToString()[..8]}";
        await using var host = await browser.VisitorAsync(graph);
        var page = host.Page;
        await RegisterAsync(host, "Dawit Hailu", "I have a place to let");

        await page.GetByRole(AriaRole.Link, new() { Name = "Hosting" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a place" }).ClickAsync();
        await DescribeAsync(page, title);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        var id = Guid.Parse(ListingId().Match(page.Url).Value);

        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByLabel("Photo", new() { Exact = true }).ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "view.png", MimeType = "image/png", Buffer = Pictures.Png(64, 48) });
        await page.GetByLabel("What is to be seen (optional)").FillAsync("The view to the sea");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add this photo" }).ClickAsync();
        await Expect(page.GetByAltText("The view to the sea")).ToBeVisibleAsync();

        await TabAsync(page, "Prices");
        await page.GetByLabel("Cleaning, once a stay (optional)").FillAsync("300");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save prices" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await TabAsync(page, "Details");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText("Guests can find and book this place now.")).ToBeVisibleAsync();

        using var guest = await graph.GuestAsync();
        var request = await guest.BookedAsync(new BookStayRequest(id, Arrival, Arrival.AddDays(2), 1, "We come by boat."));
        await page.GetByRole(AriaRole.Link, new() { Name = "Hosting" }).ClickAsync();
        await TabAsync(page, "Requests");
        await Expect(page.GetByText("We come by boat.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Accepted");

        await TabAsync(page, "Bookings");
        await page.GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
        await Expect(page.Locator(".status")).ToHaveTextAsync("Confirmed");
        await Expect(page.GetByText(request.Reference)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Bookings of your places" }).ClickAsync();
        await TabAsync(page, "Places");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Calendar of {title}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = request.Reference })).ToBeVisibleAsync();
        await Expect(page.Locator(".month").GetByRole(AriaRole.Cell).Filter(new() { HasText = "Booked" })).ToHaveCountAsync(2);
        host.Errors.ShouldBeEmpty();
    }

    /// <summary>Opens an account, with the mail that it takes, and signs in to it.</summary>
    private async Task RegisterAsync(Visitor visitor, string name, string wish)
    {
        var (page, email) = (visitor.Page, $"{Guid.NewGuid():N}@example.org");
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Register" }).ClickAsync();
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByLabel(wish).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Look in your mailbox");

        await page.GotoAsync((await graph.Mailbox.WaitForMailToAsync(email, "Confirm your address")).Address());
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "This is my address" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your address is confirmed");
        await visitor.SignInAsync(Password, email);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    private static async Task DescribeAsync(IPage page, string title)
    {
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByLabel("Description").FillAsync(Hosts.Description);
        await page.GetByLabel("Town or city").FillAsync("Massawa");
        await page.GetByLabel("Country").FillAsync("Eritrea");
        await page.GetByLabel("Latitude").FillAsync("15.6097");
        await page.GetByLabel("Longitude").FillAsync("39.45");
        await page.GetByLabel("Price of a night").FillAsync("1000");
        await page.GetByLabel("How it books").SelectOptionAsync(new SelectOptionValue { Label = "You confirm each request" });
        await page.GetByLabel("How guests pay").SelectOptionAsync(new SelectOptionValue { Label = "On arrival" });
        // By which Stays tells it from the places that it hands out to other tests.
        await page.GetByLabel("Nights at least").FillAsync("2");
    }

    private static async Task SayDatesAsync(IPage page, DateOnly arrival, int nights)
    {
        await page.GetByLabel("Check-in").FillAsync(SitePages.Iso(arrival));
        await page.GetByLabel("Check-out").FillAsync(SitePages.Iso(arrival.AddDays(nights)));
    }

    private static Task TabAsync(IPage page, string name) =>
        page.Locator(".tabs").GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();

    private async Task<Place> PlaceAsync()
    {
        await using var db = await graph.DatabaseAsync();
        return await db.AddPlaceAsync();
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListingId();
}
