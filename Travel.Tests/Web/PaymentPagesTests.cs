using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;
using static Travel.Tests.Web.PayingGuest;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed partial class PaymentPagesTests(TravelGraph graph, Browser browser)
{
    private static readonly DateOnly Soon = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(50);
    private static readonly string Price = (SampleMoney.Price * 2).ToString();

    [Fact]
    public async Task A_guest_books_pays_comes_back_and_has_a_receipt()
    {
        var place = await PlaceAsync();
        await using var guest = await SignedInAsync(place.Guest);
        var page = guest.Page;
        await page.GotoAsync(SitePages.BookPage(place.Listing.Slug, new BookStayRequest(place.Id, Soon, Soon.AddDays(2), 1)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(PaymentAddress());
        await Expect(Heading(page)).ToHaveTextAsync($"Pay {Price}");
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Pay {Price}" }).ClickAsync();
        await PayThereAsync(page, SandboxHost.Good);

        await Expect(page).ToHaveURLAsync(ReturnAddress());
        await Expect(Heading(page)).ToHaveTextAsync("Paid", Patiently);
        await Expect(PayButton(page)).ToHaveCountAsync(0);
        var txRef = await page.Locator(".tx-ref").InnerTextAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Receipt" }).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync("Receipt");
        await Expect(page.Locator(".receipt")).ToContainTextAsync(place.Listing.Title);
        await Expect(page.Locator(".receipt")).ToContainTextAsync($"Telebirr, {txRef}");
        await Expect(page.Locator(".receipt")).ToContainTextAsync(new Regex($"Total paid\\s*{Price}", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Print" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Back to your trip" }).ClickAsync();
        await Expect(page.Locator(".status")).ToHaveTextAsync("Confirmed");
        await Expect(page.Locator(".trip-payment")).ToContainTextAsync($"You paid {Price}");
        await Expect(page.Locator(".trip-timeline")).ToContainTextAsync("Stay paid and confirmed");
        guest.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_form_is_answered_with_a_page_that_leads_to_the_provider_and_whoever_goes_back_sees_how_it_stands()
    {
        var place = await PlaceAsync();
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.HeldStayAsync(place);
        await using var guest = await SignedInAsync(place.Guest);
        var page = guest.Page;
        await page.GotoAsync($"/trips/{booking.Id}");
        await Expect(page.GetByText("Your nights are kept until")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = $"Pay {Price}" }).ClickAsync();

        var answer = await page.RunAndWaitForResponseAsync(
            () => PayButton(page).ClickAsync(), response => response.Request.Method == HttpMethod.Post.Method);
        answer.Status.ShouldBe(200);
        await Expect(page).ToHaveURLAsync(ProviderAddress());
        guest.Errors.ShouldBeEmpty();

        await page.GotoAsync($"/trips/{booking.Id}/payment");
        await Expect(Heading(page)).ToHaveTextAsync("We have not heard of your payment yet");
        await Expect(PayButton(page)).ToBeVisibleAsync();
        await graph.PayAsync(api, booking.Id);
        await page.GotoAsync($"/trips/{booking.Id}");
        await page.GoBackAsync();
        await Expect(Heading(page)).ToHaveTextAsync("Paid");
        await Expect(PayButton(page)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_at_once_begins_one_payment()
    {
        var place = await PlaceAsync();
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.HeldStayAsync(place);
        await using var guest = await SignedInAsync(place.Guest);
        await guest.Page.GotoAsync($"/trips/{booking.Id}/payment");

        var answers = await guest.Page.EvaluateAsync<string[]>("""
            () => {
              const form = document.querySelector("form[action$='/payment']");
              const send = async () => (await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) })).text();
              return Promise.all([send(), send()]);
            }
            """);

        answers.Select(page => Onwards().Match(page).Groups["page"].Value).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldContain("/checkout/payment/");
        await using var db = await graph.DatabaseAsync();
        (await db.Payments.CountAsync(payment => payment.BookingId == booking.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_payment_that_fails_is_tried_again()
    {
        var place = await PlaceAsync();
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.HeldStayAsync(place);
        await using var guest = await SignedInAsync(place.Guest);
        var page = guest.Page;
        await page.GotoAsync($"/trips/{booking.Id}/payment");
        await PayButton(page).ClickAsync();
        await PayThereAsync(page, SandboxHost.Bad);

        await Expect(Heading(page)).ToHaveTextAsync("That payment did not go through", Patiently);
        await page.GotoAsync($"/trips/{booking.Id}");
        await Expect(page.Locator(".trip-timeline")).ToContainTextAsync("A payment did not go through");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Pay {Price}" }).ClickAsync();
        await PayButton(page).ClickAsync();
        await PayThereAsync(page, SandboxHost.Good);

        await Expect(Heading(page)).ToHaveTextAsync("Paid", Patiently);
    }

    [Fact]
    public async Task While_nobody_can_say_whether_it_was_paid_there_is_no_way_to_pay()
    {
        var place = await PlaceAsync();
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.HeldStayAsync(place);
        await using var guest = await SignedInAsync(place.Guest);
        var (page, stale) = (guest.Page, await guest.Page.Context.NewPageAsync());
        await stale.GotoAsync($"/trips/{booking.Id}/payment");
        var checkout = await api.CheckoutAsync(booking.Id);
        await graph.PlayAsync(FaultSet.None with { VerifyStatus = 503 }, checkout.TxRef);

        await page.GotoAsync($"/trips/{booking.Id}/payment?tx={checkout.TxRef}");
        await Expect(Heading(page)).ToHaveTextAsync("We are checking your payment");
        await Expect(page.GetByText("Please do not pay again.")).ToBeVisibleAsync();
        await Expect(PayButton(page)).ToHaveCountAsync(0);
        await PayButton(stale).ClickAsync();
        await Expect(Heading(stale)).ToHaveTextAsync("We are checking your payment");
        await Expect(PayButton(stale)).ToHaveCountAsync(0);
        await stale.GotoAsync($"/trips/{booking.Id}");
        await Expect(stale.Locator(".trip-payment")).ToContainTextAsync("We are checking your payment");
        await Expect(stale.GetByRole(AriaRole.Link, new() { Name = $"Pay {Price}" })).ToHaveCountAsync(0);

        await graph.PlayAsync(FaultSet.None, checkout.TxRef);
        await Expect(Heading(page)).ToHaveTextAsync("We have not heard of your payment yet", Patiently);
        await Expect(PayButton(page)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_provider_that_refuses_or_does_not_answer_is_told_and_the_button_stays()
    {
        var place = await PlaceAsync();
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.HeldStayAsync(place);
        await using var guest = await SignedInAsync(place.Guest);
        var page = guest.Page;
        await page.GotoAsync($"/trips/{booking.Id}/payment");

        try
        {
            await graph.PlayAsync(FaultSet.None with { PaymentsDisabled = true });
            await PayButton(page).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The payment provider did not accept it. Nothing was paid.");
            await graph.PlayAsync(FaultSet.None with { InitializeDown = true });
            await PayButton(page).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The payment provider does not answer. Nothing was paid");
        }
        finally
        {
            await graph.PlayAsync(FaultSet.None);
        }

        await PayButton(page).ClickAsync();
        await Expect(page).ToHaveURLAsync(ProviderAddress());
    }

    [Fact]
    public async Task A_dearer_stay_goes_on_to_its_payment_and_a_cancelled_one_shows_what_comes_back()
    {
        var place = await PlaceAsync();
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.HeldStayAsync(place);
        await graph.PayAsync(api, booking.Id);
        await using var guest = await SignedInAsync(place.Guest);
        var page = guest.Page;
        await page.GotoAsync($"/trips/{booking.Id}/change");
        await page.GetByLabel("Check-out").FillAsync(SitePages.Iso(booking.CheckOut.AddDays(1)));
        await page.GetByRole(AriaRole.Button, new() { Name = "See the price" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the stay" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(PaymentAddress());
        await Expect(Heading(page)).ToHaveTextAsync($"Pay {SampleMoney.Price} for the change");
        await PayButton(page).ClickAsync();
        await PayThereAsync(page, SandboxHost.Good);
        await Expect(Heading(page)).ToHaveTextAsync("Paid", Patiently);
        await Expect(page.Locator(".payment-lines tfoot")).ToContainTextAsync((SampleMoney.Price * 3).ToString());

        await page.GotoAsync($"/trips/{booking.Id}/change");
        await page.GetByLabel("Check-out").FillAsync(SitePages.Iso(booking.CheckOut));
        await page.GetByRole(AriaRole.Button, new() { Name = "See the price" }).ClickAsync();
        await Expect(page.GetByText($"It costs {SampleMoney.Price} less and is changed at once.")).ToBeVisibleAsync();
        await page.GotoAsync($"/trips/{booking.Id}/cancel");
        await Expect(page.GetByText("a few days, depending on the bank")).ToBeVisibleAsync();
        var back = await page.Locator(".quote tfoot td").InnerTextAsync();
        back.ShouldNotBe((SampleMoney.Price * 0).ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the booking" }).ClickAsync();
        await Expect(page.Locator(".trip-payment")).ToContainTextAsync(new Regex("way back|gone back", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.GetByRole(AriaRole.Link, new() { Name = "Receipt" }).ClickAsync();
        await Expect(page.Locator(".receipt")).ToContainTextAsync("Booking cancelled");
        await Expect(page.Locator(".receipt")).ToContainTextAsync("Total returned");
    }

    [Fact]
    public async Task When_the_time_is_over_or_the_host_is_paid_at_the_door_there_is_nothing_to_pay_here()
    {
        var place = await PlaceAsync();
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.HeldStayAsync(place);
        await using (var db = await graph.DatabaseAsync())
        {
            var over = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            await db.Bookings.Where(found => found.Id == booking.Id).ExecuteUpdateAsync(found => found.SetProperty(row => row.HoldExpiresAt, over));
        }

        await using var guest = await SignedInAsync(place.Guest);
        await guest.Page.GotoAsync($"/trips/{booking.Id}/payment");
        await Expect(Heading(guest.Page)).ToHaveTextAsync("The time to pay is over");
        await Expect(PayButton(guest.Page)).ToHaveCountAsync(0);

        var door = await PlaceAsync(PaymentMode.OnArrival);
        using var other = await graph.SignedInAsync(door.Guest);
        var confirmed = await other.HeldStayAsync(door);
        await using var visitor = await SignedInAsync(door.Guest);
        await visitor.Page.GotoAsync($"/trips/{confirmed.Id}/payment");
        await Expect(Heading(visitor.Page)).ToHaveTextAsync("You pay on arrival");
        await Expect(PayButton(visitor.Page)).ToHaveCountAsync(0);
        await visitor.Page.GotoAsync($"/trips/{confirmed.Id}/receipt");
        await Expect(Heading(visitor.Page)).ToHaveTextAsync("No receipt yet");
    }

    [Fact]
    public async Task A_host_does_not_see_how_their_guests_pay()
    {
        var place = await PlaceAsync();
        using var api = await graph.SignedInAsync(place.Guest);
        var booking = await api.HeldStayAsync(place);
        await using var host = await SignedInAsync(place.Host);

        foreach (var address in new[] { "payment", "payment?tx=x", "receipt" })
        {
            (await host.Page.GotoAsync($"/trips/{booking.Id}/{address}"))!.Status.ShouldBe(404, address);
        }

        await host.Page.GotoAsync($"/trips/{booking.Id}");
        await Expect(host.Page.Locator(".trip-payment")).ToHaveCountAsync(0);
        await Expect(host.Page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
    }

    private async Task<Place> PlaceAsync(PaymentMode payment = PaymentMode.Online)
    {
        await using var db = await graph.DatabaseAsync();
        return await db.AddPlaceAsync(payment);
    }

    private Task<Visitor> SignedInAsync(User person) => browser.SignedInAsync(graph, new SignInRequest(person.Email!, Persons.Password));

    [GeneratedRegex("/trips/[0-9a-f-]{36}/payment$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PaymentAddress();

    [GeneratedRegex(@"/trips/[0-9a-f-]{36}/payment\?tx=TRV-", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReturnAddress();

    [GeneratedRegex("""<meta http-equiv="refresh" content="0;url=(?<page>http[^"]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Onwards();
}
