using Microsoft.Playwright;

namespace Travel.Tests.Fixtures;

internal static class PageWidth
{
    /// <summary>How wide all of it is, in CSS pixels; more than the window where it has to be scrolled sideways.</summary>
    public static async Task<int> WidthAsync(this IPage page)
    {
        // Before its styles are there, a page that a form leads to is as wide as its tables.
        await page.WaitForLoadStateAsync();
        return await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
    }
}
