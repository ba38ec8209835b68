using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using RabbitMQ.Client;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class PoisonMessageInBrowserTests(TravelGraph graph, Browser browser)
{
    private const string DeadLetters = "/operations/dead-letters";
    private static readonly string Mail = Topology.QueuesOf(BookingDeclined.RoutingKey).First();

    [Fact]
    public async Task An_operator_sees_a_poison_message_come_replays_it_when_its_cause_is_mended_and_watches_it_go()
    {
        var (guest, booking) = await PoisonedBookingAsync();
        await using var visitor = await browser.OperatorAsync(graph);
        var page = visitor.Page;
        await page.GotoAsync(DeadLetters);
        var watch = await page.Context.NewPageAsync();
        await watch.GotoAsync("/operations/queues");
        var (message, declined) = (Guid.NewGuid(), new BookingDeclined(booking, 2, NightsGone: true, TimeProvider.System.GetUtcNow()));

        // At its last attempt: the ones before would take an hour and more.
        await graph.PublishAsync(Mail, message, declined, Topology.RetryDelays.Count);

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"{message}" });
        await Expect(row).ToContainTextAsync("TimeZoneNotFoundException");
        await Expect(row).ToContainTextAsync("6 attempts");
        await Expect(watch.GetByRole(AriaRole.Link, new() { Name = $"dead letters of {Mail}" })).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Link, new() { Name = BookingDeclined.RoutingKey }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Body" })).ToContainTextAsync($"{booking}");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = MessageHeaders.Error })).ToContainTextAsync("Nowhere/Land");

        await TimeZoneAsync(booking, "Africa/Addis_Ababa");
        await watch.GotoAsync(DeadLetters);
        var watched = watch.GetByRole(AriaRole.Row).Filter(new() { HasText = $"{message}" });
        await Expect(watched).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Replayed by ");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Replay" })).ToHaveCountAsync(0);
        await Expect(watched).ToHaveCountAsync(0);
        await Eventually.GetAsync(() => graph.Mailbox.MailsToAsync(guest.Email!), mails => mails.Count == 1, TimeSpan.FromSeconds(30), "The mail that the message calls for");
        await page.GotoAsync("/operations/audit");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "dead-letter-replayed" }).First).ToBeVisibleAsync();
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_drops_what_is_no_message_and_says_why()
    {
        await graph.PublishAsync(Mail, new BasicProperties { Type = "garbage.of-a-test" }, "not even JSON, from sara@example.org"u8.ToArray());
        await using var visitor = await browser.OperatorAsync(graph, 360);
        var page = visitor.Page;
        await page.GotoAsync($"{DeadLetters}?queue={Mail}");
        await page.GetByRole(AriaRole.Link, new() { Name = "garbage.of-a-test" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Body" })).ToContainTextAsync("not even JSON, from ***");

        await page.GetByLabel("Why?").FillAsync("   -   ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await Expect(page.GetByText("Between 3 and 500 characters.")).ToBeVisibleAsync();
        await page.GetByLabel("Why?").FillAsync("Nobody of ours has sent it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Nobody of ours has sent it.");

        await page.GotoAsync(DeadLetters);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "garbage.of-a-test" })).ToHaveCountAsync(0);
        await page.GetByLabel("State").SelectOptionAsync("Dropped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "garbage.of-a-test" }).First).ToContainTextAsync("Nobody of ours has sent it.");
        visitor.Errors.ShouldBeEmpty();
        await graph.ForgetGarbageAsync();
    }

    [Fact]
    public async Task An_operator_replays_all_of_a_queue_with_one_click()
    {
        using var demo = await graph.GuestAsync();
        var booking = await demo.BookedAsync(await graph.Stays.FreeAsync());
        await graph.BuryAsync(booking, letters: 3);
        await using var visitor = await browser.OperatorAsync(graph);
        var page = visitor.Page;
        await page.GotoAsync($"{DeadLetters}?queue={Mail}");

        await page.GetByRole(AriaRole.Button, new() { Name = $"Replay all of {Mail}" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "back in their queue" })).ToBeVisibleAsync();
        await Expect(page.GetByText("There is none.")).ToBeVisibleAsync();
        (await graph.DeadLettersAsync()).ShouldBe(0);
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_telephone_the_list_stays_where_it_was_moved_to_while_letters_come_in_and_stands_still_when_told_to()
    {
        using var demo = await graph.GuestAsync();
        var booking = await demo.BookedAsync(await graph.Stays.FreeAsync());
        var letters = new List<Guid>(await graph.BuryAsync(booking, letters: 1));
        await using var visitor = await browser.OperatorAsync(graph, 390);
        var page = visitor.Page;
        await page.Clock.InstallAsync();
        await page.GotoAsync($"{DeadLetters}?queue={Mail}");
        var frame = page.GetByRole(AriaRole.Region, new() { Name = "Dead letters" });
        var rows = frame.GetByRole(AriaRole.Row);
        var before = await rows.CountAsync();

        await frame.FocusAsync();
        await frame.EvaluateAsync("frame => frame.scrollTo({ left: 120, behavior: 'instant' })");
        letters.AddRange(await graph.BuryAsync(booking, letters: 1));

        await Expect(rows).ToHaveCountAsync(before + 1, new() { Timeout = 15_000 });
        (await frame.EvaluateAsync<int>("frame => frame.scrollLeft")).ShouldBe(120);
        await Expect(frame).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Hold still" }).ClickAsync();
        await Expect(page.GetByText("Held still since")).ToBeVisibleAsync();
        letters.AddRange(await graph.BuryAsync(booking, letters: 1));
        var looks = 0;
        page.Request += (_, _) => Interlocked.Increment(ref looks);
        await page.Clock.FastForwardAsync(60_000);
        looks.ShouldBe(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(before + 2, new() { Timeout = 15_000 });
        visitor.Errors.ShouldBeEmpty();
        await graph.ForgetAsync(letters);
    }

    [Theory]
    [InlineData("/operations/queues")]
    [InlineData("/operations/dead-letters")]
    [InlineData("/operations/dead-letters/01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8")]
    [InlineData("/operations/jobs/heartbeat")]
    public async Task For_a_guest_there_is_no_such_page(string address)
    {
        await using var guest = await browser.GuestAsync(graph);

        (await guest.Page.GotoAsync(address))!.Status.ShouldBe(404);
    }

    /// <summary>One that no mail can be written about: nobody knows when its check-in is.</summary>
    private async Task<(User Guest, Guid Booking)> PoisonedBookingAsync()
    {
        var people = await graph.PersonsAsync(Role.Guest, Role.Host);
        var listing = await graph.HiddenListingAsync(people[1]);
        var booking = await graph.StayAsync(listing, people[0], BookingStatus.Declined);
        await TimeZoneAsync(booking.Id, "Nowhere/Land");
        return (people[0], booking.Id);
    }

    private async Task TimeZoneAsync(Guid booking, string zone)
    {
        await using var db = await graph.DatabaseAsync();
        await db.Bookings.Where(row => row.Id == booking).ExecuteUpdateAsync(row => row.SetProperty(changed => changed.TimeZone, zone));
    }
}
