using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

/// <summary>What somebody sees and does who pays in a browser: at Travel, and at the payment provider.</summary>
internal static partial class PayingGuest
{
    /// <summary>The page looks again by itself every few seconds.</summary>
    public static readonly LocatorAssertionsToHaveTextOptions Patiently = new() { Timeout = 20_000 };

    public static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>Whatever the button says that begins a payment.</summary>
    public static ILocator PayButton(IPage page) => page.Locator("form[action$='/payment'] button");

    /// <summary>From the payment page of a trip to the provider's.</summary>
    public static async Task BeginAsync(IPage page, Guid bookingId)
    {
        await page.GotoAsync($"/trips/{bookingId}/payment");
        await PayButton(page).ClickAsync();
        await Expect(page).ToHaveURLAsync(ProviderAddress());
    }

    /// <summary>On the provider's page.</summary>
    public static async Task PayThereAsync(IPage page, string number)
    {
        await Expect(page).ToHaveURLAsync(ProviderAddress());
        await page.GetByLabel("Phone number").FillAsync(number);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = ByPhone() }).ClickAsync();
    }

    [GeneratedRegex("/checkout/payment/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    public static partial Regex ProviderAddress();

    [GeneratedRegex("by phone$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ByPhone();
}
