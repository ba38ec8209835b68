using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class TripPagesTests(TravelGraph graph, Browser browser)
{
    private static readonly DateOnly Soon = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(50);

    [Fact]
    public async Task A_stay_paid_online_is_held_on_a_page_that_counts_down()
    {
        var place = await PlaceAsync(PaymentMode.Online, BookingMode.Instant);
        await using var guest = await SignedInAsync(place.Guest);
        var page = guest.Page;

        await BookAsync(page, place, "Book");

        await page.GetByRole(AriaRole.Link, new() { Name = "Back to your trip" }).ClickAsync();
        await Expect(page.Locator(".status")).ToHaveTextAsync("Held for you");
        await Expect(page.GetByText("They are yours as soon as you have paid.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^1[45]:[0-9]{2}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        var before = await page.GetByRole(AriaRole.Timer).InnerTextAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).Not.ToHaveTextAsync(before);
        guest.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_time_left_is_the_servers_whatever_the_visitors_clock_says_and_when_it_is_over_the_page_is_loaded_once()
    {
        var place = await PlaceAsync(PaymentMode.Online, BookingMode.Instant);
        using var api = await graph.SignedInAsync(place.Guest);
        var hold = await api.BookedAsync(new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1));
        await using var guest = await SignedInAsync(place.Guest);
        await guest.Page.AddInitScriptAsync("const real = Date.now; Date.now = () => real() + 86400000;");
        var loads = 0;
        guest.Page.Request += (_, request) => loads += request.IsNavigationRequest ? 1 : 0;

        await guest.Page.GotoAsync($"/trips/{hold.Id}");
        var before = await guest.Page.GetByRole(AriaRole.Timer).InnerTextAsync();
        await Expect(guest.Page.GetByRole(AriaRole.Timer)).Not.ToHaveTextAsync(before);
        await Expect(guest.Page.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^14:[0-9]{2}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        loads.ShouldBe(1);

        await using (var db = await graph.DatabaseAsync())
        {
            var soon = TimeProvider.System.GetUtcNow().AddSeconds(2);
            await db.Bookings.Where(booking => booking.Id == hold.Id)
                .ExecuteUpdateAsync(booking => booking.SetProperty(row => row.HoldExpiresAt, soon));
        }

        loads = 0;
        await guest.Page.ReloadAsync();
        await Expect(guest.Page.GetByRole(AriaRole.Timer)).Not.ToBeVisibleAsync();
        await Expect(guest.Page.Locator(".trip-head")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("The time is over|has expired", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        loads.ShouldBe(2);
    }

    [Fact]
    public async Task A_request_is_sent_accepted_and_cancelled_through_the_pages()
    {
        var place = await PlaceAsync(PaymentMode.OnArrival, BookingMode.Request);
        await using var guest = await SignedInAsync(place.Guest);
        await using var host = await SignedInAsync(place.Host);

        await BookAsync(guest.Page, place, "Send request");
        await Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your request is with the host");
        var trip = guest.Page.Url;

        await host.Page.GotoAsync("/hosting/requests");
        await Expect(host.Page.GetByText(place.Listing.Title)).ToBeVisibleAsync();
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Accepted");
        await host.Page.GotoAsync("/hosting/bookings");
        await Expect(host.Page.GetByRole(AriaRole.Link, new() { Name = place.Listing.Title })).ToBeVisibleAsync();

        await guest.Page.GotoAsync("/trips");
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = place.Listing.Title }).ClickAsync();
        await Expect(guest.Page).ToHaveURLAsync(trip);
        await Expect(guest.Page.Locator(".status")).ToHaveTextAsync("Confirmed");
        await Expect(guest.Page.Locator(".trip-timeline")).ToContainTextAsync("Stay confirmed by the host");

        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await Expect(guest.Page.Locator(".quote tfoot td")).ToHaveTextAsync("0.00 ETB");
        await guest.Page.GetByLabel("Why?").FillAsync("We are ill.");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the booking" }).ClickAsync();
        await Expect(guest.Page).ToHaveURLAsync(trip);
        await Expect(guest.Page.Locator(".status")).ToHaveTextAsync("Cancelled");
        await Expect(guest.Page.Locator(".trip-timeline")).ToContainTextAsync("We are ill.");
        await guest.Page.GotoAsync("/trips?show=past");
        await Expect(guest.Page.GetByRole(AriaRole.Link, new() { Name = place.Listing.Title })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_host_who_accepts_too_late_is_told_that_the_nights_are_gone()
    {
        var place = await PlaceAsync(PaymentMode.OnArrival, BookingMode.Request);
        using var guest = await graph.SignedInAsync(place.Guest);
        await guest.BookedAsync(new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1, "first"));
        await guest.BookedAsync(new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1, "second"));
        await using var host = await SignedInAsync(place.Host);
        await host.Page.GotoAsync("/hosting/requests");

        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).First.ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Accepted");
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();

        await Expect(host.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else has some of these nights");
        await Expect(host.Page.Locator(".request-answer")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_request_on_the_second_page_is_answered_and_a_second_answer_is_told_the_truth()
    {
        var place = await PlaceAsync(PaymentMode.OnArrival, BookingMode.Request);
        using var api = await graph.SignedInAsync(place.Guest);
        var requests = new List<BookingResponse>();
        for (var index = 0; index < 22; index++)
        {
            requests.Add(await api.BookedAsync(new BookStayRequest(place.Id, Soon.AddDays(index), Soon.AddDays(index + 1), 1)));
        }

        await using var host = await SignedInAsync(place.Host);
        var page = host.Page;
        await page.GotoAsync("/hosting/requests");
        await page.GetByRole(AriaRole.Link, new() { Name = "Older bookings" }).ClickAsync();
        await Expect(page.Locator(".request-answer")).ToHaveCountAsync(2);
        var oldest = page.Locator($"#request-{requests[0].Reference}");
        var next = page.Locator($"#request-{requests[1].Reference}");
        await next.GetByLabel("If you decline").FillAsync("The roof is being mended.");
        await next.GetByLabel("If you decline").PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("cursor=", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

        // The guest withdraws what the host still has on the page.
        using (var withdrawn = await api.PostAsJsonAsync($"/api/v1/bookings/{requests[0].Id}/cancellation", new CancelBookingRequest(SampleMoney.Price with { MinorUnits = 0 }), TravelJson.Options))
        {
            withdrawn.EnsureSuccessStatusCode();
        }

        await oldest.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The booking is cancelled, so there is nothing to answer.");
        await Expect(page.Locator(".request-answer")).ToHaveCountAsync(1);
        await Expect(next.GetByLabel("If you decline")).ToHaveValueAsync("The roof is being mended.");

        await next.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Declined");
        (await api.GetStringAsync($"/api/v1/bookings/{requests[1].Id}/timeline")).ShouldContain("The roof is being mended.");
    }

    [Fact]
    public async Task A_guest_moves_a_stay_after_seeing_its_price_and_takes_the_calendar_along()
    {
        var place = await PlaceAsync(PaymentMode.OnArrival, BookingMode.Instant);
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.BookedAsync(new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1));
        await using var guest = await SignedInAsync(place.Guest);
        var page = guest.Page;
        await page.GotoAsync($"/trips/{booking.Id}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Change dates or guests" }).ClickAsync();
        await page.GetByLabel("Check-out").FillAsync(SitePages.Iso(Soon.AddDays(3)));
        await page.GetByRole(AriaRole.Button, new() { Name = "See the price" }).ClickAsync();
        await Expect(page.Locator(".quote tfoot td")).ToHaveTextAsync((SampleMoney.Price * 3).ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the stay" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Uri(graph.Web, $"/trips/{booking.Id}").ToString());
        await Expect(page.Locator(".quote tfoot td")).ToHaveTextAsync((SampleMoney.Price * 3).ToString());
        await Expect(page.Locator(".trip-timeline")).ToContainTextAsync("Stay changed by you");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Add to calendar" }).ClickAsync());
        (await File.ReadAllTextAsync(await download.PathAsync())).ShouldContain("SEQUENCE:1");
    }

    [Fact]
    public async Task A_price_that_has_changed_since_the_page_was_opened_is_shown_before_it_is_agreed_to()
    {
        var place = await PlaceAsync(PaymentMode.OnArrival, BookingMode.Instant);
        await using var guest = await SignedInAsync(place.Guest);
        var page = guest.Page;
        await page.GotoAsync(SitePages.BookPage(place.Listing.Slug, new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1)));
        await SetPriceAsync(place, SampleMoney.Price * 2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"This stay costs {SampleMoney.Price * 4} now. Nothing is booked yet");
        await Expect(page.Locator(".quote tfoot td")).ToHaveTextAsync((SampleMoney.Price * 4).ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        await Expect(page.Locator(".status")).ToHaveTextAsync("Confirmed");

        await page.GetByRole(AriaRole.Link, new() { Name = "Change dates or guests" }).ClickAsync();
        await page.GetByLabel("Check-out").FillAsync(SitePages.Iso(Soon.AddDays(3)));
        await page.GetByRole(AriaRole.Button, new() { Name = "See the price" }).ClickAsync();
        await SetPriceAsync(place, SampleMoney.Price);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the stay" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"This stay costs {SampleMoney.Price * 3} now. Nothing is changed yet");
        await Expect(page.Locator(".quote tfoot td")).ToHaveTextAsync((SampleMoney.Price * 3).ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the stay" }).ClickAsync();
        await Expect(page.Locator(".trip-timeline")).ToContainTextAsync("Stay changed by you");
    }

    [Fact]
    public async Task A_cancellation_sent_twice_ends_on_the_cancelled_trip_both_times()
    {
        var place = await PlaceAsync(PaymentMode.OnArrival, BookingMode.Instant);
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.BookedAsync(new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1));
        await using var guest = await SignedInAsync(place.Guest);
        var second = await guest.Page.Context.NewPageAsync();
        foreach (var page in new[] { guest.Page, second })
        {
            await page.GotoAsync($"/trips/{booking.Id}/cancel");
        }

        foreach (var page in new[] { guest.Page, second })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the booking" }).ClickAsync();
            await Expect(page).ToHaveURLAsync(new Uri(graph.Web, $"/trips/{booking.Id}").ToString());
            await Expect(page.Locator(".status")).ToHaveTextAsync("Cancelled");
        }
    }

    [Fact]
    public async Task With_the_Api_away_a_form_says_so_keeps_what_was_typed_and_does_its_work_when_it_is_back()
    {
        var place = await PlaceAsync(PaymentMode.OnArrival, BookingMode.Instant);
        using var api = await graph.SignedInAsync(place.Guest);
        var (off, moved) = (
            await api.BookedAsync(new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1)),
            await api.BookedAsync(new BookStayRequest(place.Id, Soon.AddDays(5), Soon.AddDays(7), 1)));
        var over = await graph.StayAsync(place.Listing, place.Guest);
        await using var guest = await SignedInAsync(place.Guest);
        var (cancel, change, review) = (guest.Page, await guest.Page.Context.NewPageAsync(), await guest.Page.Context.NewPageAsync());
        await cancel.GotoAsync($"/trips/{off.Id}/cancel");
        await cancel.GetByLabel("Why?").FillAsync("We are ill.");
        await change.GotoAsync($"/trips/{moved.Id}/change");
        await change.GetByLabel("Check-out").FillAsync(SitePages.Iso(Soon.AddDays(8)));
        await change.GetByRole(AriaRole.Button, new() { Name = "See the price" }).ClickAsync();
        await Expect(change.GetByRole(AriaRole.Button, new() { Name = "Change the stay" })).ToBeVisibleAsync();
        await review.GotoAsync($"/trips/{over.Id}");
        await review.GetByLabel("4", new() { Exact = true }).CheckAsync();
        await review.GetByLabel("In your words").FillAsync("The lake at dawn.");

        await graph.StopAsync(ResourceNames.Api);
        try
        {
            // A page may make several calls, each of which is tried for as long as OutgoingHttp:TotalTimeout says.
            var patiently = new LocatorClickOptions { Timeout = 90_000 };
            await Task.WhenAll(
                cancel.GetByRole(AriaRole.Button, new() { Name = "Cancel the booking" }).ClickAsync(patiently),
                change.GetByRole(AriaRole.Button, new() { Name = "Change the stay" }).ClickAsync(patiently),
                review.GetByRole(AriaRole.Button, new() { Name = "Publish review" }).ClickAsync(patiently));
            foreach (var page in new[] { cancel, change, review })
            {
                await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("We can’t reach our booking system");
            }

            await Expect(cancel.GetByLabel("Why?")).ToHaveValueAsync("We are ill.");
            await Expect(change.GetByLabel("Check-out")).ToHaveValueAsync(SitePages.Iso(Soon.AddDays(8)));
            await Expect(review.GetByLabel("In your words")).ToHaveValueAsync("The lake at dawn.");
        }
        finally
        {
            await graph.StartAsync(ResourceNames.Api);
        }

        await cancel.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await change.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await review.GetByRole(AriaRole.Button, new() { Name = "Publish review" }).ClickAsync();
        await Expect(cancel.Locator(".trip-timeline")).ToContainTextAsync("We are ill.");
        await Expect(change.Locator(".trip-timeline")).ToContainTextAsync("Stay changed by you");
        await Expect(review.GetByRole(AriaRole.Button, new() { Name = "Change review" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_long_history_is_read_page_by_page_to_its_end()
    {
        var place = await PlaceAsync(PaymentMode.OnArrival, BookingMode.Instant);
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.BookedAsync(new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1));
        await using (var db = await graph.DatabaseAsync())
        {
            var later = TimeProvider.System.GetUtcNow().AddMinutes(1);
            db.Timeline.AddRange(Enumerable.Range(0, 60).Select(index => TimelineEntry.Of(booking.Id, $"event-{index}", actorId: null, reason: null, later.AddSeconds(index))));
            await db.SaveChangesAsync();
        }

        await using var guest = await SignedInAsync(place.Guest);
        await guest.Page.GotoAsync($"/trips/{booking.Id}");
        await Expect(guest.Page.Locator(".trip-timeline li")).ToHaveCountAsync(50);
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "What happened next" }).ClickAsync();
        await Expect(guest.Page.Locator(".trip-timeline li").Last).ToContainTextAsync("event 59");
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "From the beginning" }).ClickAsync();
        await Expect(guest.Page.Locator(".trip-timeline li").First).ToContainTextAsync("Stay confirmed");
    }

    private async Task SetPriceAsync(Place place, Money perNight)
    {
        await using var db = await graph.DatabaseAsync();
        await db.Listings.Where(listing => listing.Id == place.Id)
            .ExecuteUpdateAsync(listing => listing.SetProperty(row => row.PricePerNightMinorUnits, perNight.MinorUnits));
    }

    private async Task<Place> PlaceAsync(PaymentMode payment, BookingMode booking)
    {
        await using var db = await graph.DatabaseAsync();
        return await db.AddPlaceAsync(payment, booking);
    }

    private Task<Visitor> SignedInAsync(User person) => browser.SignedInAsync(graph, new SignInRequest(person.Email!, Persons.Password));

    private static async Task BookAsync(IPage page, Place place, string button)
    {
        await page.GotoAsync(SitePages.BookPage(place.Listing.Slug, new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1)));
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }
}
