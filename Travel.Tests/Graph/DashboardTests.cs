using System.Globalization;
using System.Text.RegularExpressions;
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

        var row = RowOf(page, resource);

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
        // Each process sends its spans when it likes: the last one written is not the last one here.
        var spans = await Eventually.GetAsync(
            () => graph.Telemetry.SpansOfAsync(trace),
            spans => spans.Any(IsSql) && spans.Any(IsPublish) && spans.Any(span => span.Name == "smtp send"),
            TimeSpan.FromSeconds(30),
            "The spans of the trace");

        await using var operatorWindow = await OpenAsync();
        var page = operatorWindow.Page;
        await page.GotoAsync($"{graph.Dashboard}traces/detail/{trace}");

        var sql = spans.First(IsSql);
        sql.Attributes.ShouldContain("db.query.text");
        var publish = spans.First(IsPublish);
        foreach (var (span, resource) in new[]
        {
            ("POST /stays/{IdOrSlug}/book", ResourceNames.Web),
            ("POST /api/v1/bookings", ResourceNames.Api),
            (sql.Name, ResourceNames.Api),
            ("outbox booking.confirmed", ResourceNames.Api),
            // The dashboard shows what the span is about where it knows the conventions.
            ("MSG rabbitmq travel.events", publish.Service),
            ("MSG rabbitmq travel.events:booking.confirmed:mail", ResourceNames.Worker),
            ("smtp send", ResourceNames.Worker),
        })
        {
            var row = RowOf(page, resource).Filter(new() { HasText = span });
            await Expect(row.First).ToBeVisibleAsync(Patiently);
        }
    }

    [Fact]
    public async Task A_command_run_in_the_dashboard_has_its_effect()
    {
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        await graph.Mailbox.WaitForMailAboutAsync(booking.Reference);
        await graph.BuryAsync(booking, letters: 1);
        await using var operatorWindow = await OpenAsync();
        var page = operatorWindow.Page;

        // The dashboard titles a button with its description.
        await RowOf(page, ResourceNames.Messaging).GetByTitle("Gives every message that was given up back to its queue.").First.ClickAsync(new() { Timeout = 30_000 });

        await Eventually.GetAsync(
            () => graph.Mailbox.MailsAboutAsync(booking.Reference, TravelGraph.GuestEmail), mails => mails.Count == 2, TimeSpan.FromSeconds(30), "The mail of the dead letter");
        // The letter is settled after its message is out, which may be mailed before.
        await Eventually.GetAsync(graph.DeadLettersAsync, letters => letters == 0, TimeSpan.FromSeconds(30), "The settling of the dead letter");
    }

    [Theory]
    [InlineData("/?resource={0}", ResourceNames.Api, "Web__ApiKey")]
    [InlineData("/?view=Parameters", "", "web-key")]
    public async Task Secrets_are_masked(string address, string resource, string name)
    {
        await using var operatorWindow = await OpenAsync();
        var page = operatorWindow.Page;
        var process = resource.Length == 0 ? "" : (await graph.ProcessesAsync(resource))[0].ResourceId;

        await page.GotoAsync(graph.Dashboard + string.Format(CultureInfo.InvariantCulture, address, process).TrimStart('/'));

        await Expect(page.GetByText(name, new() { Exact = true }).First).ToBeVisibleAsync(Patiently);
        await Expect(page.GetByText("●●●●●●●●").First).ToBeVisibleAsync(Patiently);
        (await page.ContentAsync()).ShouldNotContain(TravelGraph.WebKey);
    }

    [Theory]
    [InlineData(ResourceNames.Api, "Travel.Bookings", "travel.booking.attempts")]
    [InlineData(ResourceNames.Worker, "Travel.Mail", "travel.mail.attempts")]
    public async Task What_the_business_does_is_a_metric_there(string resource, string meter, string metric)
    {
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        await graph.Mailbox.WaitForMailAboutAsync(booking.Reference);
        await using var operatorWindow = await OpenAsync();
        var page = operatorWindow.Page;

        await page.GotoAsync($"{graph.Dashboard}metrics/resource/{resource}?meter={meter}&instrument={metric}");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = metric })).ToBeVisibleAsync(Patiently);
    }

    private static bool IsSql(Span span) => span is { Scope: "Npgsql", Service: ResourceNames.Api };

    private static bool IsPublish(Span span) => span.Scope == "RabbitMQ.Client.Publisher";

    /// <summary>Each replica has a row of its own and the resource's name with an ending.</summary>
    private static ILocator RowOf(IPage page, string resource) =>
        page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(new Regex($"^\\s*{resource}(-[a-z]{{8}})?\\s*$", RegexOptions.None, TimeSpan.FromSeconds(1))) });

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
