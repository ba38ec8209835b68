using Deque.AxeCore.Playwright;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class EveryPageTests(TravelGraph graph, Browser browser)
{
    private const int Phone = 360;

    [Fact]
    public Task Every_page_fits_a_phone_of_360_pixels() => OnEveryPageAsync(Phone, async visitor =>
    {
        var width = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        return width > Phone ? [$"is {width} pixels wide"] : [];
    });

    [Fact]
    public Task No_page_has_a_serious_accessibility_violation() => OnEveryPageAsync(Phone, async visitor =>
    {
        var result = await visitor.Page.RunAxe();
        return result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}");
    });

    [Fact]
    public Task No_page_breaks_its_content_security_policy_or_fails_in_the_browser() =>
        OnEveryPageAsync(1280, visitor => Task.FromResult<IEnumerable<string>>(visitor.Errors));

    /// <summary>As a guest sees it, and what is there for strangers as they do.</summary>
    private async Task OnEveryPageAsync(int width, Func<Visitor, Task<IEnumerable<string>>> faultsOf)
    {
        var faults = new List<string>();
        await using var guest = await browser.GuestAsync(graph, width);
        await using var stranger = await browser.VisitorAsync(graph, width);
        foreach (var address in await SitePages.AllAsync(graph))
        {
            await LookAsync(guest, address);
        }

        foreach (var address in SitePages.ForStrangers)
        {
            await LookAsync(stranger, address);
        }

        faults.ShouldBeEmpty();

        async Task LookAsync(Visitor visitor, string address)
        {
            (await visitor.Page.GotoAsync(address))!.Status.ShouldBeLessThan(500, address);
            faults.AddRange((await faultsOf(visitor)).Select(fault => $"{address} {fault}"));
        }
    }
}
