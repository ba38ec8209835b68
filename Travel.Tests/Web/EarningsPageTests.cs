using Microsoft.Playwright;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class EarningsPageTests(TravelGraph graph, Browser browser)
{
    [Fact]
    public async Task A_host_goes_from_month_to_month_and_takes_the_file_along()
    {
        var host = await graph.PersonAsync(Role.Host);
        var place = SampleListing.With(hostId: host.Id, slug: $"hidden-{Guid.NewGuid():N}", status: ListingStatus.Archived, payment: PaymentMode.Online);
        await using (var db = await graph.DatabaseAsync())
        {
            db.Listings.Add(place);
            await db.SaveChangesAsync();
        }

        var stay = await graph.StayAsync(place, await graph.PersonAsync());
        await graph.PaidAsync(stay, stay.CreatedAt.AddMinutes(10));
        await using var visitor = await browser.SignedInAsync(graph, new(host.Email!, Persons.Password));
        var page = visitor.Page;

        await page.GotoAsync("/hosting");
        await page.GetByRole(AriaRole.Link, new() { Name = "Earnings" }).ClickAsync();
        await Expect(page.GetByText("Nothing was earned in these days.")).ToBeVisibleAsync();

        await page.GetByLabel("From").FillAsync("2026-04-10");
        await page.GetByLabel("To, this day included").FillAsync("2026-04-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show these days" }).ClickAsync();
        await Expect(page.Locator("#to-error")).ToHaveTextAsync("Must not be before the first day.");
        await Expect(page.GetByLabel("From")).ToHaveValueAsync("2026-04-10");

        await page.GetByLabel("From").FillAsync("2026-04-01");
        await page.GetByLabel("To, this day included").FillAsync("2026-04-30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show these days" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("April 2026");
        await page.GetByRole(AriaRole.Link, new() { Name = "March 2026" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("March 2026");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Totals" })).ToContainTextAsync("2,500.00 ETB");
        var row = page.GetByRole(AriaRole.Region, new() { Name = "Each earning" }).GetByRole(AriaRole.Row).Filter(new() { HasText = stay.Reference });
        await Expect(row).ToContainTextAsync("Stay, paid online");

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download for your books" }).ClickAsync());
        file.SuggestedFilename.ShouldBe("travel-earnings-2026-03-01-2026-03-31.csv");
        var lines = await File.ReadAllLinesAsync(await file.PathAsync());
        lines.Length.ShouldBe(2);
        lines[1].ShouldContain($"{stay.Reference},Lake house,Somebody,2026-03-02,2026-03-04,completed,2500.00,2500.00,ETB");
    }

    [Fact]
    public async Task Who_has_no_places_is_told_that_this_is_for_hosts_and_the_file_is_no_way_around_it()
    {
        await using var visitor = await browser.SignedInAsync(graph, await graph.AccountAsync());

        var answer = await visitor.Page.GotoAsync("/hosting/earnings.csv");

        answer!.Status.ShouldBe(403);
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/hosting/earnings");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }
}
