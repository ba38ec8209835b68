using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.Domain.Payments;
using Travel.PaymentSandbox.Faults;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;
using static Travel.Tests.Web.PayingGuest;

namespace Travel.Tests.Web;

/// <summary>Guests who do not pay as one should: they leave, they have two tabs open, they come too late.</summary>
[Collection(TravelGraph.Collection)]
public sealed class PaymentJourneyTests(TravelGraph graph, Browser browser) : IAsyncLifetime
{
    private Place place = null!;
    private HttpClient api = null!;
    private BookingResponse booking = null!;
    private Visitor guest = null!;

    public async Task InitializeAsync()
    {
        await using var db = await graph.DatabaseAsync();
        place = await db.AddPlaceAsync(PaymentMode.Online);
        api = await graph.SignedInAsync(place.Guest);
        booking = await api.HeldStayAsync(place);
        guest = await browser.SignedInAsync(graph, new SignInRequest(place.Guest.Email!, Persons.Password));
    }

    public async Task DisposeAsync()
    {
        await graph.PlayAsync(FaultSet.None);
        await guest.DisposeAsync();
        api.Dispose();
    }

    [Fact]
    public async Task Whoever_leaves_the_providers_page_can_go_there_again()
    {
        var page = guest.Page;
        await BeginAsync(page, booking.Id);
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel and go back" }).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync("We have not heard of your payment yet");

        await PayButton(page).ClickAsync();
        await PayThereAsync(page, SandboxHost.Good);

        await Expect(Heading(page)).ToHaveTextAsync("Paid", Patiently);
        await ShouldHaveSettledAsync(PaymentState.Abandoned, PaymentState.Paid);
    }

    [Fact]
    public async Task With_two_tabs_open_the_first_ones_page_is_closed_when_the_second_begins()
    {
        var (first, second) = await TwoTabsAsync();

        await first.ReloadAsync();
        await Expect(first.GetByText("This pay page has expired")).ToBeVisibleAsync();
        await PayThereAsync(second, SandboxHost.Good);

        await Expect(Heading(second)).ToHaveTextAsync("Paid", Patiently);
        await ShouldHaveSettledAsync(PaymentState.Abandoned, PaymentState.Paid);
    }

    [Fact]
    public async Task Who_pays_in_both_tabs_because_the_provider_lets_them_has_the_stay_and_the_other_money_back()
    {
        await graph.PlayAsync(new FaultSet { CancelIgnored = true });
        var (first, second) = await TwoTabsAsync();

        await PayThereAsync(second, SandboxHost.Good);
        await Expect(Heading(second)).ToHaveTextAsync("Paid", Patiently);
        await PayThereAsync(first, SandboxHost.Good);
        await graph.PlayAsync(FaultSet.None);

        await PaymentIsAsync(PaymentStatus.PartiallyRefunded);
        await first.GotoAsync($"/trips/{booking.Id}/payment");
        await Expect(Heading(first)).ToHaveTextAsync("Paid, and part of your money has gone back");
        await Expect(first.GetByText("Paid twice")).ToBeVisibleAsync();
        (await StatusAsync()).ShouldBe(BookingStatus.Confirmed);
        await ShouldHaveSettledAsync(PaymentState.Paid, PaymentState.Paid);
    }

    [Fact]
    public async Task Who_pays_when_the_time_is_over_has_the_nights_if_they_are_still_free()
    {
        var page = guest.Page;
        await BeginAsync(page, booking.Id);
        await LetTheHoldEndAsync();

        await PayThereAsync(page, SandboxHost.Good);

        await Expect(Heading(page)).ToHaveTextAsync("Paid", Patiently);
        (await StatusAsync()).ShouldBe(BookingStatus.Confirmed);
    }

    [Fact]
    public async Task Who_pays_when_the_nights_are_somebody_elses_has_the_money_back()
    {
        var page = guest.Page;
        await BeginAsync(page, booking.Id);
        await LetTheHoldEndAsync();
        using var other = await graph.GuestAsync();
        (await other.HeldStayAsync(place)).Status.ShouldBe(BookingStatus.Held);
        // Until it has been seen on its way.
        await graph.PlayAsync(new FaultSet { RefundStuck = true });

        await PayThereAsync(page, SandboxHost.Good);

        await Expect(Heading(page)).ToHaveTextAsync("Your money is on its way back", Patiently);
        await Expect(page.GetByText("The payment came after its time")).ToBeVisibleAsync();
        await graph.PlayAsync(FaultSet.None);
        await PaymentIsAsync(PaymentStatus.Refunded);
        await page.ReloadAsync();
        await Expect(Heading(page)).ToHaveTextAsync("Your money has gone back");
        (await StatusAsync()).ShouldBe(BookingStatus.Expired);
    }

    private async Task<(IPage First, IPage Second)> TwoTabsAsync()
    {
        var first = guest.Page;
        await BeginAsync(first, booking.Id);
        var second = await first.Context.NewPageAsync();
        await BeginAsync(second, booking.Id);
        return (first, second);
    }

    /// <summary>Its fifteen minutes are over, and somebody has looked.</summary>
    private async Task LetTheHoldEndAsync()
    {
        await using var db = await graph.DatabaseAsync();
        var over = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await db.Bookings.Where(found => found.Id == booking.Id).ExecuteUpdateAsync(found => found.SetProperty(row => row.HoldExpiresAt, over));
        await Eventually.GetAsync(StatusAsync, status => status == BookingStatus.Expired, TimeSpan.FromSeconds(40), "the end of the hold");
    }

    private async Task<BookingStatus> StatusAsync()
    {
        await using var db = await graph.DatabaseAsync();
        return await db.Bookings.Where(found => found.Id == booking.Id).Select(found => found.Status).SingleAsync();
    }

    private Task<BookingPayment> PaymentIsAsync(PaymentStatus status) =>
        Eventually.GetAsync(() => api.PaymentAsync(booking.Id), payment => payment.Status == status, TimeSpan.FromSeconds(90), $"a payment that is {status}");

    private async Task ShouldHaveSettledAsync(params PaymentState[] states)
    {
        await using var db = await graph.DatabaseAsync();
        (await db.Payments.Where(payment => payment.BookingId == booking.Id).OrderBy(payment => payment.Id).Select(payment => payment.State).ToListAsync()).ShouldBe(states);
    }
}
