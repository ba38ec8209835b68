using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Travel.Contracts.Accounts;
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
        await using var visitor = await browser.SignedInAsync(graph, new SignInRequest("operator@travel.test", TravelGraph.DemoPassword), width: 360);
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Operations" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Job });

        await row.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Paused since");
        await row.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(row).Not.ToContainTextAsync("Paused since");
        await Eventually.GetAsync(
            async () =>
            {
                await page.GotoAsync("/operations/jobs");
                return await row.InnerTextAsync();
            },
            text => text.Contains("by hand", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "The run by hand");
        await Expect(row).Not.ToContainTextAsync("Paused since");
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(360);
        (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => violation.Id).ShouldBeEmpty();
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task For_a_guest_there_is_no_such_page()
    {
        await using var guest = await browser.GuestAsync(graph);

        var answer = await guest.Page.GotoAsync("/operations/jobs");

        answer!.Status.ShouldBe(404);
    }
}
