using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class CalendarPageTests(TravelGraph graph, Browser browser)
{
    [Fact]
    public async Task A_guest_sees_which_nights_are_taken_and_turns_to_later_months()
    {
        using var place = await HostedPlace.AtAsync(graph);
        var nights = HostedPlace.Nights(70, 72);
        await place.BlockedAsync(nights);
        await using var visitor = await browser.VisitorAsync(graph, width: 360);
        var page = visitor.Page;

        await page.GotoAsync($"/stays/{place.Slug}?guests=1");
        await Expect(page.Locator(".month")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Months" }).GetByRole(AriaRole.Link).ClickAsync();

        var month = page.GetByRole(AriaRole.Table, new() { Name = nights.From.ToString("MMMM yyyy", CultureInfo.InvariantCulture) });
        await Expect(month.GetByRole(AriaRole.Cell).Filter(new() { HasText = ", taken" }).First).ToContainTextAsync($"{nights.From.Day}");
        await Expect(page.GetByLabel("Guests")).ToHaveValueAsync("1");
        await ShouldBeSoundAsync(visitor);
    }

    [Fact]
    public async Task The_calendar_begins_where_the_chosen_stay_does()
    {
        using var place = await HostedPlace.AtAsync(graph);
        var nights = HostedPlace.Nights(130, 132);
        await using var visitor = await browser.VisitorAsync(graph);

        await visitor.Page.GotoAsync($"/stays/{place.Slug}?checkIn={SitePages.Iso(nights.From)}&checkOut={SitePages.Iso(nights.To)}&guests=1");

        await Expect(visitor.Page.Locator(".month").First).ToContainTextAsync(nights.From.ToString("MMMM yyyy", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_host_closes_nights_and_opens_them_again()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(place.Stay(HostedPlace.Nights(5, 7)));
        await using var host = await HostAsync(place);
        var page = host.Page;

        await CloseAsync(page, 6, 9);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(booking.Reference);
        await Expect(page.GetByLabel("First night")).ToHaveValueAsync(SitePages.Iso(HostedPlace.Nights(6, 9).From));

        await CloseAsync(page, 7, 9);
        var open = page.GetByRole(AriaRole.Button, new() { Name = "Open" });
        await Expect(open).ToBeVisibleAsync();
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(5, 9));

        await open.ClickAsync();
        await Expect(open).ToHaveCountAsync(0);
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(5, 7));
    }

    [Fact]
    public async Task However_many_nights_a_host_closes_all_that_are_to_come_can_be_opened()
    {
        using var place = await HostedPlace.AtAsync(graph);
        var first = await place.BlockedAsync(HostedPlace.Nights(5, 6), "The first of all");
        await place.KeepClosedAsync(graph, from: 10, nights: 100);
        await place.KeepClosedAsync(graph, from: -5, nights: 1);
        await using var host = await HostAsync(place);

        var open = host.Page.GetByRole(AriaRole.Button, new() { Name = "Open" });

        await Expect(open).ToHaveCountAsync(101);
        await open.First.ClickAsync();
        await Expect(open).ToHaveCountAsync(100);
        using var gone = await place.Host.DeleteAsync($"{place.Path}/blocks/{first.Id}");
        await gone.ShouldBeProblemAsync(System.Net.HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_host_follows_a_calendar_of_another_site_and_sees_what_it_meets()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(place.Stay(HostedPlace.Nights(5, 7)));
        await using var elsewhere = await CalendarServer.StartAsync();
        elsewhere.Says(HostedPlace.Nights(6, 10));
        await using var host = await HostAsync(place);
        var page = host.Page;

        await AddAsync(page, "Elsewhere", "https://10.0.0.1/calendar.ics");
        await Expect(page.GetByText("not on the public internet")).ToBeVisibleAsync();
        await AddAsync(page, "Elsewhere", elsewhere.Url.ToString());

        await Expect(page.Locator(".import")).ToContainTextAsync("1 event");
        await Expect(page.Locator(".import")).ToContainTextAsync(booking.Reference);
        (await page.ContentAsync()).ShouldNotContain("of-the-other-site");
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(5, 10));
        await ShouldBeSoundAsync(host);

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Elsewhere" }).ClickAsync();
        await Expect(page.Locator(".import")).ToHaveCountAsync(0);
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(5, 7));
    }

    [Fact]
    public async Task A_host_gives_the_calendar_away_and_takes_it_back()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var nobody = new HttpClient();
        await using var host = await HostAsync(place);
        var page = host.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await page.GetByLabel("Your link, shown only now").InputValueAsync();
        (await nobody.GetStringAsync(link)).ShouldStartWith("BEGIN:VCALENDAR");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the link" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make a link" })).ToBeVisibleAsync();
        (await nobody.GetAsync(link)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        host.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_elses_calendar_is_not_there()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var guest = await browser.GuestAsync(graph);

        var answer = await guest.Page.GotoAsync($"/hosting/{place.Id}/calendar");

        answer!.Status.ShouldBe(404);
    }

    private async Task<Visitor> HostAsync(HostedPlace place)
    {
        var host = await browser.VisitorAsync(graph, width: 360);
        await host.Page.GotoAsync($"/hosting/{place.Id}/calendar");
        await host.SignInAsync(place.Account.Password, place.Account.Email);
        await Expect(host.Page.GetByRole(AriaRole.Heading, new() { Name = "Calendar", Exact = true })).ToBeVisibleAsync();
        return host;
    }

    private static async Task CloseAsync(IPage page, int from, int to)
    {
        var nights = HostedPlace.Nights(from, to);
        await page.GetByLabel("First night").FillAsync(SitePages.Iso(nights.From));
        await page.GetByLabel("Open again on").FillAsync(SitePages.Iso(nights.To));
        await page.GetByRole(AriaRole.Button, new() { Name = "Close nights" }).ClickAsync();
    }

    private static async Task AddAsync(IPage page, string name, string url)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Address of its iCal file").FillAsync(url);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add calendar" }).ClickAsync();
    }

    private static async Task ShouldBeSoundAsync(Visitor visitor)
    {
        (await visitor.Page.WidthAsync()).ShouldBeLessThanOrEqualTo(360);
        (await visitor.Page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => violation.Id).ShouldBeEmpty();
        visitor.Errors.ShouldBeEmpty();
    }
}
