using System.Globalization;
using Microsoft.Playwright;

namespace Travel.Tests.Web;

/// <summary>Somebody who has no mouse: gets about with Tab, and has to see where they are.</summary>
internal sealed class KeyboardUser(IPage page)
{
    private const int MostTabs = 60;

    public async Task TabToAsync(ILocator goal)
    {
        await goal.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            (await page.EvaluateAsync<bool>(FocusShows)).ShouldBeTrue("what has the focus shows it");
            if (await goal.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        throw new TimeoutException($"{goal} cannot be reached with the Tab key.");
    }

    /// <summary>Types into the parts of a date field, whose order is that of the browser's language (en-US).</summary>
    public Task TypeDateAsync(DateOnly day) => page.Keyboard.TypeAsync(day.ToString("MMddyyyy", CultureInfo.InvariantCulture));

    // The end of the page gives the focus back to the window, which has nothing to outline.
    private const string FocusShows =
        """
        () => {
            const focused = document.activeElement;
            return focused === document.body || getComputedStyle(focused).outlineStyle !== 'none';
        }
        """;
}
