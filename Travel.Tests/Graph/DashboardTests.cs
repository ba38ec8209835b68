using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Travel.Contracts;
using Travel.Tests.Fixtures;
using Travel.Tests.Web;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Graph;

/// <summary>The real Aspire dashboard, looked at by somebody who has clicked on the link that the AppHost prints.</summary>
[Collection(TravelGraph.Collection)]
public sealed class DashboardTests(TravelGraph graph, Browser browser)
{
    // The dashboard's first page of a run takes a while on two cores.
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 30_000 };

    [Theory]
    [InlineData(ResourceNames.Postgres, "Running")]
    [InlineData(ResourceNames.Database, "Running")]
    [InlineData(ResourceNames.Cache, "Running")]
    [InlineData(ResourceNames.Messaging, "Running")]
    [InlineData(ResourceNames.Mail, "Running")]
    [InlineData(ResourceNames.Migrations, "Finished")]
    [InlineData(ResourceNames.Api, "Running")]
    [InlineData(ResourceNames.Worker, "Running")]
    [InlineData(ResourceNames.Web, "Running")]
    public async Task Every_resource_is_there_and_healthy(string resource, string state)
    {
        await using var operatorWindow = await OpenAsync();
        var page = operatorWindow.Page;

        var row = page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(resource, new() { Exact = true }) });

        // What is not healthy says so: "Running (Unhealthy)".
        await Expect(row.GetByText(state, new() { Exact = true }).First).ToBeVisibleAsync(Patiently);
    }

    [Fact]
    public async Task One_trace_runs_from_the_click_in_the_browser_to_the_mail_server()
    {
        await using var visitor = await browser.GuestAsync(graph);
        await visitor.Page.GotoAsync(SitePages.BookPage((await graph.Stays.ListingAsync()).Slug, await graph.Stays.FreeAsync()));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        var reference = await visitor.Page.Locator(".reference strong").InnerTextAsync();
        await graph.Mailbox.WaitForMailAboutAsync(reference);
        var trace = await TraceOfAsync(reference);
        await Eventually.GetAsync(
            () => graph.Telemetry.SpansOfAsync(trace), spans => spans.Any(span => span.Name == "smtp send"), TimeSpan.FromSeconds(30), "The last span of the trace");

        await using var operatorWindow = await OpenAsync();
        var page = operatorWindow.Page;
        await page.GotoAsync($"{graph.Dashboard}traces/detail/{trace}");

        foreach (var (span, resource) in new[]
        {
            ("POST /stays/{IdOrSlug}/book", ResourceNames.Web),
            ("POST /api/v1/bookings", ResourceNames.Api),
            ("outbox booking.confirmed", ResourceNames.Api),
            ("smtp send", ResourceNames.Worker),
        })
        {
            var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = span }).Filter(new() { Has = page.GetByText(resource, new() { Exact = true }) });
            await Expect(row.First).ToBeVisibleAsync(Patiently);
        }
    }

    private async Task<Visitor> OpenAsync()
    {
        var window = await browser.VisitorAsync(graph);
        await window.Page.GotoAsync($"{graph.Dashboard}login?t={graph.DashboardToken}");
        await Expect(window.Page.GetByRole(AriaRole.Row).Nth(1)).ToBeVisibleAsync(Patiently);
        return window;
    }

    private async Task<string> TraceOfAsync(string reference)
    {
        await using var db = await graph.DatabaseAsync();
        var booking = await db.Bookings.Where(booking => booking.Reference == reference).Select(booking => booking.Id).SingleAsync();
        var bodies = await db.Outbox.AsNoTracking().ToListAsync();
        return bodies.Single(message => message.Body.Contains(booking.ToString(), StringComparison.Ordinal)).TraceParent!.Split('-')[1];
    }
}
