using Microsoft.Playwright;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class SignInPageTests(TravelGraph graph, Browser browser)
{
    [Fact]
    public async Task A_wrong_password_says_so_without_saying_whether_the_account_exists()
    {
        var known = await RefusalOfAsync(TravelGraph.GuestEmail);
        var unknown = await RefusalOfAsync("nobody@travel.test");

        known.ShouldContain("don’t match");
        unknown.ShouldBe(known);
    }

    private async Task<string> RefusalOfAsync(string email)
    {
        await using var visitor = await browser.VisitorAsync(graph);
        await visitor.Page.GotoAsync("/sign-in");

        await visitor.SignInAsync("not-the-password", email);

        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send the confirmation mail again" })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByLabel("Email")).ToHaveValueAsync(email);
        await Expect(visitor.Page.GetByLabel("Password")).ToHaveValueAsync("");
        (await visitor.Page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "travel-session");
        // As it is laid out: once its styles are there.
        await visitor.Page.WaitForLoadStateAsync();
        return await visitor.Page.Locator(".sign-in-card").InnerTextAsync();
    }
}
