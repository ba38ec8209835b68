using Microsoft.Playwright;
using Travel.Contracts.Accounts;
using static Microsoft.Playwright.Assertions;

namespace Travel.Tests.Fixtures;

/// <summary>
/// One Chromium for the run: the system's own, because Playwright's download is not to be had everywhere, and like it without the window around
/// the page, which took longer to draw than the pages.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly Dictionary<string, string> sessions = new(StringComparer.Ordinal);
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        // Two cores have more to do at times than to show a page.
        SetDefaultExpectTimeout(15_000);
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args = Quiet,
        });
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Somebody who has never been here.</summary>
    internal Task<Visitor> VisitorAsync(TravelGraph graph, int width = 1280) => VisitorAsync(graph.Web, width);

    /// <summary>The same on another site.</summary>
    internal Task<Visitor> VisitorAsync(Uri site, int width = 1280) => OpenAsync(site, width, state: null);

    /// <summary>Somebody who has come in through the sign-in form.</summary>
    internal async Task<Visitor> SignedInAsync(TravelGraph graph, SignInRequest account, int width = 1280)
    {
        var visitor = await VisitorAsync(graph, width);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.SignInAsync(account.Password, account.Email);
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        return visitor;
    }

    /// <summary>The demo guest.</summary>
    internal Task<Visitor> GuestAsync(TravelGraph graph, int width = 1280) => OnceSignedInAsync(graph, TravelGraph.GuestEmail, width);

    internal Task<Visitor> OperatorAsync(TravelGraph graph, int width = 1280) => OnceSignedInAsync(graph, TravelGraph.OperatorEmail, width);

    /// <summary>Signed in once for all tests: the sign-in limit counts every attempt.</summary>
    private async Task<Visitor> OnceSignedInAsync(TravelGraph graph, string email, int width)
    {
        if (!sessions.TryGetValue(email, out var session))
        {
            await using var visitor = await SignedInAsync(graph, new SignInRequest(email, TravelGraph.DemoPassword));
            sessions[email] = session = await visitor.Page.Context.StorageStateAsync();
        }

        return await OpenAsync(graph.Web, width, session);
    }

    private async Task<Visitor> OpenAsync(Uri site, int width, string? state)
    {
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            Locale = "en-US",
            ViewportSize = new() { Width = width, Height = 800 },
            StorageState = state,
            ExtraHTTPHeaders = [new("X-Forwarded-For", Visitors.NewAddress())],
        });
        return new Visitor(await context.NewPageAsync());
    }
}

/// <summary>One person's window, with cookies of its own.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> errors = [];

    public Visitor(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            // A page that answers 404 or 409 on purpose is not an error of the page.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                errors.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser complained about: scripts, blocked resources, the content security policy.</summary>
    public IReadOnlyList<string> Errors => errors;

    public async Task SignInAsync(string password = TravelGraph.DemoPassword, string email = TravelGraph.GuestEmail)
    {
        await Page.GetByLabel("Email").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
