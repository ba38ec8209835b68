using Microsoft.Playwright;
using Travel.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Web;

[Collection(TravelGraph.Collection)]
public sealed class AccountPagesTests(TravelGraph graph, Browser browser)
{
    private const string Password = "correct horse";
    private const string NextPassword = "another horse";

    [Fact]
    public async Task A_life_of_an_account_from_registering_to_deleting_it()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        await using var visitor = await browser.VisitorAsync(graph);
        var page = visitor.Page;

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Register" }).ClickAsync();
        await RegisterAsync(page, email);
        await Expect(Heading(page)).ToHaveTextAsync("Look in your mailbox");

        await page.GotoAsync("/sign-in");
        await visitor.SignInAsync(Password, email);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("don’t match");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the confirmation mail again" }).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync("Look in your mailbox");

        var token = (await graph.Mailbox.WaitForMailToAsync(email, "Confirm your address")).Token();
        await page.GotoAsync("/verify-address?token=" + token);
        await page.GotoAsync("/verify-address?token=" + token);
        await page.GetByLabel("Password").FillAsync("not the one");
        await page.GetByRole(AriaRole.Button, new() { Name = "This is my address" }).ClickAsync();
        await Expect(page.Locator("#password-error")).ToContainTextAsync("not the password");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Choose a new password" })).ToHaveAttributeAsync("href", "/forgot-password");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "This is my address" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your address is confirmed");
        await visitor.SignInAsync(Password, email);

        await page.GetByRole(AriaRole.Link, new() { Name = email }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Hana Tesfaye");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Hana Tesfaye");
        await page.GetByRole(AriaRole.Button, new() { Name = "Become a host" }).ClickAsync();
        await Expect(page.GetByText("You are a host")).ToBeVisibleAsync();

        await ChangesPasswordAndSignsOutElsewhereAsync(visitor, email);
        await TakesTheDataAndGoesAsync(page);

        await page.GotoAsync("/sign-in");
        await visitor.SignInAsync(NextPassword, email);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("don’t match");
        visitor.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_through_the_mailbox()
    {
        var account = await graph.AccountAsync();
        await using var visitor = await browser.VisitorAsync(graph);
        var page = visitor.Page;

        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await page.GetByLabel("Email").FillAsync(account.Email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync("Look in your mailbox");

        var token = (await graph.Mailbox.WaitForMailToAsync(account.Email, "Choose a new password")).Token();
        await page.GotoAsync("/reset-password?token=" + token);
        await page.GetByLabel("New password").FillAsync("1234567890");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the new password" }).ClickAsync();
        await Expect(page.GetByText("one of the most used passwords")).ToBeVisibleAsync();
        await page.GetByLabel("New password").FillAsync(NextPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the new password" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Sign in with the new one");
        await visitor.SignInAsync(NextPassword, account.Email);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = account.Email })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_wrong_with_a_registration_stands_beside_its_field_and_nothing_typed_but_the_password_is_lost()
    {
        await using var visitor = await browser.VisitorAsync(graph);
        var page = visitor.Page;

        await page.GotoAsync("/register");
        await RegisterAsync(page, "sara@example.org", password: "password123");

        await Expect(page.Locator("#password-error")).ToContainTextAsync("most used");
        await Expect(page.GetByLabel("Password")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        await Expect(page.GetByLabel("Email")).ToHaveValueAsync("sara@example.org");
        await Expect(page.GetByLabel("Your name")).ToHaveValueAsync("Sara");
    }

    private async Task ChangesPasswordAndSignsOutElsewhereAsync(Visitor visitor, string email)
    {
        var page = visitor.Page;
        await using var elsewhere = await browser.VisitorAsync(graph);
        await elsewhere.Page.GotoAsync("/sign-in");
        await elsewhere.SignInAsync(Password, email);
        await Expect(elsewhere.Page.GetByRole(AriaRole.Link, new() { Name = email })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Password and sessions" }).ClickAsync();
        await Expect(page.Locator(".session-list li")).ToHaveCountAsync(2);
        await Expect(page.Locator(".session-list li").First).ToContainTextAsync("Chrome on Linux");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = SignOutThere() }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("That session has ended");
        await Expect(page.Locator(".session-list li")).ToHaveCountAsync(1);
        await elsewhere.Page.GotoAsync("/account");
        await Expect(elsewhere.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your session has ended");

        await page.GetByLabel("Current password").FillAsync(Password);
        await page.GetByLabel("New password").FillAsync(NextPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your password is changed");
    }

    private static async Task TakesTheDataAndGoesAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Your data" }).ClickAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download your data" }).ClickAsync());
        file.SuggestedFilename.ShouldBe("travel-account.json");
        (await File.ReadAllTextAsync((await file.PathAsync())!)).ShouldContain("Hana Tesfaye");

        await page.GetByLabel("Your password").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete my account for good" }).ClickAsync();
        await Expect(page.Locator("#password-error")).ToContainTextAsync("not your password");
        await page.GetByLabel("Your password").FillAsync(NextPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete my account for good" }).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync("Goodbye");
    }

    private static async Task RegisterAsync(IPage page, string email, string password = Password)
    {
        await page.GetByLabel("Your name").FillAsync("Sara");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
    }

    private static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static System.Text.RegularExpressions.Regex SignOutThere() => new("^Sign out Chrome", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
