using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Travel.Domain;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class ErrandsPageTests(TravelGraph graph, Browser browser)
{
    /// <summary>In milliseconds; as long, too, as a pointer has to rest.</summary>
    private const int UntilItLooks = 5_000;

    [Fact]
    public async Task An_operator_has_the_ledger_exported_sees_that_it_is_done_and_takes_the_file_along()
    {
        // A day of its own, long before any other test's.
        var day = new DateTimeOffset(2021, 7, 7, 12, 0, 0, TimeSpan.Zero);
        await using var db = await graph.DatabaseAsync();
        var (_, payment) = await OnlineStay.PaidAsync(db, day);
        await using var visitor = await browser.OperatorAsync(graph, 360);
        var page = visitor.Page;
        await page.GotoAsync("/operations/jobs");
        await page.GetByRole(AriaRole.Link, new() { Name = "Errands", Exact = true }).ClickAsync();

        await page.GetByLabel("From").FillAsync("2021-07-08");
        await page.GetByLabel("To, this day included").FillAsync("2021-07-07");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        await Expect(page.Locator("#to-error")).ToHaveTextAsync("Must not be before the first day.");
        await page.GetByLabel("From").FillAsync("2021-07-07");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ledger export, 7 Jul 2021 to 7 Jul 2021" }).First;
        await Eventually.GetAsync(
            async () =>
            {
                await page.GotoAsync("/operations/errands");
                return await row.InnerTextAsync();
            },
            text => text.Contains("2 entries of the ledger", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "The export is done");

        var file = await page.RunAndWaitForDownloadAsync(() => row.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        file.SuggestedFilename.ShouldBe("travel-ledger-2021-07-07-2021-07-07.csv");
        var lines = await File.ReadAllLinesAsync(await file.PathAsync());
        lines.Length.ShouldBe(3);
        lines[1..].ShouldAllBe(line => line.Contains(payment.TxRef));
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task How_far_an_errand_is_can_be_seen_as_it_goes_on_and_it_can_be_cancelled()
    {
        await using var db = await graph.DatabaseAsync();
        var errand = await RunningAsync(db, new DateOnly(2021, 8, 9));
        await using var visitor = await browser.OperatorAsync(graph);
        var page = visitor.Page;
        await page.Clock.InstallAsync();
        await page.GotoAsync("/operations/errands");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ledger export, 9 Aug 2021 to 9 Aug 2021" });

        await Expect(row).ToContainTextAsync("1,250 of 5,000");
        (await row.GetByRole(AriaRole.Progressbar).EvaluateAsync<double>("bar => bar.position")).ShouldBe(0.25);
        // Nobody loads the page again.
        await AdvanceAsync(db, errand, 2_500);
        await page.Clock.FastForwardAsync(UntilItLooks);
        await Expect(row).ToContainTextAsync("2,500 of 5,000", new() { Timeout = 30_000 });
        await row.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(row).ToContainTextAsync("Cancelled");
        await Expect(row.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        visitor.Errors.ShouldBeEmpty();
        await db.Errands.Where(found => found.Id == errand).ExecuteDeleteAsync();
    }

    [Fact]
    public async Task Nothing_moves_under_the_hand_of_somebody_who_is_about_to_click_or_types_and_the_page_says_that_it_is_held_back()
    {
        await using var db = await graph.DatabaseAsync();
        var errand = await RunningAsync(db, new DateOnly(2021, 9, 10));
        await using var visitor = await browser.OperatorAsync(graph);
        var page = visitor.Page;
        await page.Clock.InstallAsync();
        await page.GotoAsync("/operations/errands");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ledger export, 10 Sep 2021 to 10 Sep 2021" });
        var (note, button) = (page.GetByRole(AriaRole.Status), row.GetByRole(AriaRole.Button, new() { Name = "Cancel" }));
        await Expect(note).ToContainTextAsync("Looks again by itself");

        await AdvanceAsync(db, errand, 2_500);
        var x = 4;
        await Eventually.GetAsync(
            async () =>
            {
                await button.HoverAsync(new() { Position = new() { X = x = 12 - x, Y = 4 } });
                // Not as long as a pointer rests.
                await page.Clock.FastForwardAsync(UntilItLooks / 2);
                return await note.InnerTextAsync();
            },
            text => text.StartsWith("Held back", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "The page says that it is held back");
        await Expect(row).ToContainTextAsync("1,250 of 5,000");
        // The pointer stays where it is, as a test's does, and rests.
        await page.Clock.FastForwardAsync(UntilItLooks);
        await Expect(row).ToContainTextAsync("2,500 of 5,000", new() { Timeout = 30_000 });
        await Expect(note).ToContainTextAsync("Looks again by itself");

        await page.GetByLabel("From").FocusAsync();
        await AdvanceAsync(db, errand, 3_750);
        await page.Clock.FastForwardAsync(UntilItLooks);
        await Expect(note).ToContainTextAsync("Held back", new() { Timeout = 30_000 });
        await Expect(row).ToContainTextAsync("2,500 of 5,000");
        await page.GetByLabel("From").BlurAsync();
        await page.Clock.FastForwardAsync(UntilItLooks);
        await Expect(row).ToContainTextAsync("3,750 of 5,000", new() { Timeout = 30_000 });

        await page.RouteAsync("**/operations/errands", route => route.FulfillAsync(new() { Status = 503 }));
        await page.Clock.FastForwardAsync(UntilItLooks);
        await Expect(note).ToContainTextAsync("Not up to date since", new() { Timeout = 30_000 });
        await page.UnrouteAllAsync();
        // Longer than it ever waits.
        await page.Clock.FastForwardAsync(2 * 60_000);
        await Expect(note).ToContainTextAsync("Looks again by itself", new() { Timeout = 60_000 });
        visitor.Errors.ShouldBeEmpty();
        await db.Errands.Where(found => found.Id == errand).ExecuteDeleteAsync();
    }

    [Fact]
    public async Task A_file_that_could_not_be_had_is_said_on_the_page_that_offers_it()
    {
        await using var visitor = await browser.OperatorAsync(graph);

        var answer = await visitor.Page.GotoAsync("/operations/errands?unavailable=true");

        answer!.Status.ShouldBe(503);
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("We can’t reach our booking system");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "What was asked for" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task For_somebody_who_is_no_operator_the_file_is_no_way_around_it()
    {
        await using var guest = await browser.GuestAsync(graph);

        (await guest.Page.GotoAsync($"/operations/errands/{Guid.NewGuid()}/file"))!.Status.ShouldBe(404);
    }

    private static async Task<Guid> RunningAsync(TravelDbContext db, DateOnly day)
    {
        var @operator = await db.Users.Where(user => user.Email == TravelGraph.OperatorEmail).Select(user => user.Id).SingleAsync();
        var errand = SampleErrand.Running(@operator, TimeProvider.System.GetUtcNow(), day);
        db.Errands.Add(errand);
        await db.SaveChangesAsync();
        return errand.Id;
    }

    private static Task<int> AdvanceAsync(TravelDbContext db, Guid errand, long steps) =>
        db.Errands.Where(found => found.Id == errand).ExecuteUpdateAsync(found => found.SetProperty(row => row.StepsDone, steps));
}
