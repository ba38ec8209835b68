using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class JobsPageTests(TravelGraph graph, Browser browser)
{
    private const string Job = "prune-job-runs";

    [Fact]
    public async Task An_operator_pauses_resumes_and_runs_a_job_on_the_page()
    {
        await using var visitor = await browser.OperatorAsync(graph, 360);
        var page = visitor.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Operations" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Job });

        await row.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Paused since");
        await row.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(row).Not.ToContainTextAsync("Paused since");
        await Expect(row).ToContainTextAsync("by hand", new() { Timeout = 30_000 });
        await Expect(row).Not.ToContainTextAsync("Paused since");
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();

        (await page.WidthAsync()).ShouldBe(360);
        (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => violation.Id).ShouldBeEmpty();
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_operator_has_a_job_run_on_its_own_page_and_sees_the_run_come()
    {
        const string Daily = "prune-sessions";
        await using var visitor = await browser.OperatorAsync(graph);
        var page = visitor.Page;
        await page.GotoAsync("/operations/jobs");
        await page.GetByRole(AriaRole.Link, new() { Name = Daily }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Daily })).ToBeVisibleAsync();
        var runs = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "by hand" });
        var before = await runs.CountAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();

        await Expect(runs).ToHaveCountAsync(before + 1, new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByText("Paused since")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.GetByText("Paused since")).ToHaveCountAsync(0);
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_is_not_in_the_table_has_no_page()
    {
        await using var visitor = await browser.OperatorAsync(graph);

        (await visitor.Page.GotoAsync("/operations/jobs/no-such-job"))!.Status.ShouldBe(404);
    }

    [Fact]
    public async Task For_a_guest_there_is_no_such_page()
    {
        await using var guest = await browser.GuestAsync(graph);

        var answer = await guest.Page.GotoAsync("/operations/jobs");

        answer!.Status.ShouldBe(404);
    }
}
