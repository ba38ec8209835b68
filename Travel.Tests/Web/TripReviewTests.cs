using System.Net;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class TripReviewTests(TravelGraph graph, Browser browser)
{
    [Fact]
    public async Task A_guest_reviews_the_stay_on_its_page_changes_it_and_reads_what_the_host_replies()
    {
        var host = await graph.AccountAsync(Role.Host);
        var booking = await BookingAsync(TravelGraph.GuestEmail, host.Email);
        await using var guest = await browser.GuestAsync(graph, width: 360);
        await guest.Page.GotoAsync($"/trips/{booking}");

        await guest.Page.GetByLabel("4", new() { Exact = true }).CheckAsync();
        await guest.Page.GetByLabel("In your words").FillAsync("The lake at dawn.");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Publish review" }).ClickAsync();
        await Expect(guest.Page.GetByRole(AriaRole.Button, new() { Name = "Change review" })).ToBeVisibleAsync();
        await Expect(guest.Page.GetByLabel("In your words")).ToHaveValueAsync("The lake at dawn.");
        await guest.Page.GetByLabel("In your words").FillAsync("The lake at dawn, and the owls.");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Change review" }).ClickAsync();
        await Expect(guest.Page.GetByLabel("In your words")).ToHaveValueAsync("The lake at dawn, and the owls.");

        await using var hostWindow = await browser.VisitorAsync(graph, width: 360);
        await hostWindow.Page.GotoAsync($"/trips/{booking}");
        await hostWindow.SignInAsync(host.Password, host.Email);
        await Expect(hostWindow.Page.Locator(".trip-review")).ToContainTextAsync("The lake at dawn, and the owls.");
        await hostWindow.Page.GetByLabel("Your reply").FillAsync("The owls say hello.");
        await hostWindow.Page.GetByRole(AriaRole.Button, new() { Name = "Publish reply" }).ClickAsync();
        await Expect(hostWindow.Page.GetByRole(AriaRole.Button, new() { Name = "Change reply" })).ToBeVisibleAsync();

        await guest.Page.ReloadAsync();
        await Expect(guest.Page.Locator(".trip-review")).ToContainTextAsync("The owls say hello.");
        foreach (var page in new[] { guest.Page, hostWindow.Page })
        {
            (await page.WidthAsync()).ShouldBe(360);
            (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => violation.Id).ShouldBeEmpty();
        }

        guest.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_Api_refuses_is_said_beside_its_field_and_keeps_what_was_typed()
    {
        var booking = await BookingAsync(TravelGraph.GuestEmail, (await graph.AccountAsync(Role.Host)).Email);
        await using var guest = await browser.GuestAsync(graph);
        await guest.Page.GotoAsync($"/trips/{booking}");
        await guest.Page.GetByLabel("2", new() { Exact = true }).CheckAsync();
        await guest.Page.GetByLabel("In your words").FillAsync("   ");

        var refusal = await guest.Page.RunAndWaitForResponseAsync(
            () => guest.Page.GetByRole(AriaRole.Button, new() { Name = "Publish review" }).ClickAsync(), response => response.Request.Method == "POST");

        refusal.Status.ShouldBe((int)HttpStatusCode.BadRequest);
        await Expect(guest.Page.Locator("#review-error")).ToContainTextAsync("Say it in a few words.");
        await Expect(guest.Page.GetByLabel("2", new() { Exact = true })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Every_review_of_a_listing_can_be_read_on_its_page()
    {
        await using var db = await graph.DatabaseAsync();
        var listing = await db.Listings.AsNoTracking().Where(found => found.Status == ListingStatus.Published && found.ReviewCount > 6)
            .OrderBy(found => found.ReviewCount).FirstAsync();
        await using var visitor = await browser.VisitorAsync(graph);
        await visitor.Page.GotoAsync($"/stays/{listing.Slug}?guests=2");

        var read = new HashSet<string>(StringComparer.Ordinal);
        var more = visitor.Page.GetByRole(AriaRole.Link, new() { Name = "More reviews" });
        while (true)
        {
            read.UnionWith(await visitor.Page.Locator(".reviews li").AllInnerTextsAsync());
            if (await more.CountAsync() == 0)
            {
                break;
            }

            var href = (await more.GetAttributeAsync("href")).ShouldNotBeNull();
            href.ShouldContain("guests=2");
            await visitor.Page.GotoAsync(href);
        }

        read.Count.ShouldBe(listing.ReviewCount);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Newest reviews" }).ClickAsync();
        await Expect(visitor.Page.GetByText($"The newest 6 of {listing.ReviewCount} reviews.")).ToBeVisibleAsync();
    }

    private async Task<Guid> BookingAsync(string guestEmail, string hostEmail)
    {
        await using var db = await graph.DatabaseAsync();
        var guest = await db.Users.AsNoTracking().SingleAsync(user => user.Email == guestEmail);
        var host = await db.Users.AsNoTracking().SingleAsync(user => user.Email == hostEmail);
        return (await graph.StayAsync(await graph.HiddenListingAsync(host), guest)).Id;
    }
}
