using System.Reflection;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Tests.Fixtures;
using Travel.Web;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class EveryPageTests(TravelGraph graph, Browser browser) : IAsyncLifetime
{
    private const int Phone = 360;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Others wait for an outbox in which nothing is left.</summary>
    public async Task DisposeAsync()
    {
        await using var db = await graph.DatabaseAsync();
        await db.Outbox.Where(message => message.RoutingKey == SitePages.Unwanted).ExecuteDeleteAsync();
    }

    [Fact]
    public Task Every_page_fits_a_phone_of_360_pixels_and_has_no_serious_accessibility_violation() => OnEveryPageAsync(Phone, async visitor =>
    {
        var width = await visitor.Page.WidthAsync();
        var result = await visitor.Page.RunAxe();
        return result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")
            .Concat(width > Phone ? [$"is {width} pixels wide"] : []);
    });

    [Fact]
    public Task No_page_breaks_its_content_security_policy_or_fails_in_the_browser() =>
        OnEveryPageAsync(1280, visitor => Task.FromResult<IEnumerable<string>>(visitor.Errors));

    [Fact]
    public async Task Every_page_there_is_is_looked_at()
    {
        string[] addresses =
            [.. await SitePages.AllAsync(graph), .. await SitePages.ForHostsAsync(graph), .. await SitePages.ForOperatorsAsync(graph), .. SitePages.ForStrangers];
        var routes = typeof(SecurityHeaders).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template).ToList();

        routes.Count.ShouldBeGreaterThan(20);
        // The page of errors is seen in place of what is not there.
        routes.Where(route => route != "/error/{Status:int}" && !addresses.Any(address => IsAt(route, address))).ShouldBeEmpty();
    }

    private static SignInRequest Demo(string email) => new(email, TravelGraph.DemoPassword);

    private static bool IsAt(string route, string address)
    {
        var (pattern, path) = (route.Split('/'), address.Split('?')[0].Split('/'));
        return pattern.Length == path.Length && pattern.Zip(path).All(part => part.First.StartsWith('{') || part.First == part.Second);
    }

    /// <summary>As whoever it is for sees it.</summary>
    private async Task OnEveryPageAsync(int width, Func<Visitor, Task<IEnumerable<string>>> faultsOf)
    {
        var faults = new List<string>();
        await using var guest = await browser.GuestAsync(graph, width);
        await LookAsync(guest, await SitePages.AllAsync(graph));
        await using var stranger = await browser.VisitorAsync(graph, width);
        await LookAsync(stranger, SitePages.ForStrangers);
        await using var host = await browser.SignedInAsync(graph, Demo("host@travel.test"), width);
        await LookAsync(host, await SitePages.ForHostsAsync(graph));
        await using var operate = await browser.OperatorAsync(graph, width);
        await LookAsync(operate, await SitePages.ForOperatorsAsync(graph));
        faults.ShouldBeEmpty();

        async Task LookAsync(Visitor visitor, IReadOnlyList<string> addresses)
        {
            foreach (var address in addresses)
            {
                var status = (await visitor.Page.GotoAsync(address))!.Status;
                status.ShouldBeLessThan(500, address);
                (status == 404).ShouldBe(address == SitePages.Nowhere, address);
                new Uri(visitor.Page.Url).AbsolutePath.ShouldBe(address.Split('?')[0]);
                faults.AddRange((await faultsOf(visitor)).Select(fault => $"{address} {fault}"));
            }
        }
    }
}
