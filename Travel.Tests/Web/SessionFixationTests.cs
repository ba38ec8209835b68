using Microsoft.Playwright;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

/// <summary>Nobody gets into an account by giving its owner a session whose cookie they know.</summary>
[Collection(TravelGraph.Collection)]
public sealed class SessionFixationTests(TravelGraph graph, Browser browser)
{
    private const string Cookie = "travel-session";

    [Fact]
    public async Task Each_sign_in_has_a_cookie_of_its_own_and_the_one_from_before_is_nobodys()
    {
        var account = await graph.AccountAsync();
        await using var visitor = await browser.VisitorAsync(graph);
        await SignInAsync(visitor, account.Email, account.Password);
        var first = await CookieAsync(visitor);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await SignInAsync(visitor, account.Email, account.Password);

        await using var thief = await browser.VisitorAsync(graph);
        await PlantAsync(thief, first);
        await thief.Page.GotoAsync("/account");
        await Expect(thief.Page).ToHaveTitleAsync("Sign in – Travel");
    }

    [Fact]
    public async Task A_session_planted_in_front_of_the_sign_in_form_does_not_become_the_victims()
    {
        var (attacker, victim) = (await graph.AccountAsync(), await graph.AccountAsync());
        await using var attackers = await browser.VisitorAsync(graph);
        await SignInAsync(attackers, attacker.Email, attacker.Password);
        await using var victims = await browser.VisitorAsync(graph);
        await victims.Page.GotoAsync("/sign-in");
        await PlantAsync(victims, await CookieAsync(attackers));

        await victims.SignInAsync(victim.Password, victim.Email);

        await attackers.Page.GotoAsync("/account");
        await Expect(attackers.Page.GetByText("You sign in as")).ToContainTextAsync(attacker.Email);
    }

    [Fact]
    public async Task A_planted_session_that_has_ended_does_not_become_the_victims_either()
    {
        var (attacker, victim) = (await graph.AccountAsync(), await graph.AccountAsync());
        await using var attackers = await browser.VisitorAsync(graph);
        await SignInAsync(attackers, attacker.Email, attacker.Password);
        var planted = await CookieAsync(attackers);
        await attackers.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await using var victims = await browser.VisitorAsync(graph);
        await victims.Page.GotoAsync("/sign-in");
        await PlantAsync(victims, planted);

        await victims.SignInAsync(victim.Password, victim.Email);
        await victims.SignInAsync(victim.Password, victim.Email);
        await Expect(victims.Page.GetByRole(AriaRole.Link, new() { Name = victim.Email })).ToBeVisibleAsync();
        await PlantAsync(attackers, planted);
        await attackers.Page.GotoAsync("/account");
        await Expect(attackers.Page).ToHaveTitleAsync("Sign in – Travel");
    }

    [Fact]
    public async Task Signing_out_in_the_browser_ends_the_Apis_session_too()
    {
        var account = await graph.OwnAccountAsync();
        await using var visitor = await browser.VisitorAsync(graph);
        await SignInAsync(visitor, account.SignIn.Email, account.SignIn.Password);

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();

        await using var db = await graph.DatabaseAsync();
        db.Sessions.Single(session => session.UserId == account.Id).EndedAt.ShouldNotBeNull();
    }

    private static async Task SignInAsync(Visitor visitor, string email, string password)
    {
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.SignInAsync(password, email);
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = email })).ToBeVisibleAsync();
    }

    private static async Task<BrowserContextCookiesResult> CookieAsync(Visitor visitor) =>
        (await visitor.Page.Context.CookiesAsync()).Single(cookie => cookie.Name == Cookie);

    private static Task PlantAsync(Visitor visitor, BrowserContextCookiesResult cookie) =>
        visitor.Page.Context.AddCookiesAsync([new() { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = true }]);
}
