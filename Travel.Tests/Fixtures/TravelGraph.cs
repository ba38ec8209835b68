using System.Net.Http.Headers;
using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain;

namespace Travel.Tests.Fixtures;

/// <summary>The whole system, started once through the AppHost, with data of its own in a throw-away folder.</summary>
public sealed class TravelGraph : IAsyncLifetime
{
    public const string Collection = "the graph";
    public const string WebKey = "the-key-web-shows-in-tests-0123456789";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("travel-tests-");
    private DistributedApplication? app;
    private Task<string>? guestToken;

    public DistributedApplication App => app ?? throw new InvalidOperationException("The graph is not started.");

    public ResourceNotificationService Resources => App.ResourceNotifications;

    public string DashboardToken { get; } = Guid.NewGuid().ToString("N");

    internal Stays Stays { get; private set; } = null!;

    internal Mailbox Mailbox { get; private set; } = null!;

    internal Telemetry Telemetry { get; private set; } = null!;

    public Uri Web => App.GetEndpoint(ResourceNames.Web, "http");

    public Uri Dashboard => App.GetEndpoint("aspire-dashboard", "http");

    public async Task InitializeAsync()
    {
        // Servers that drop root must be able to enter.
        File.SetUnixFileMode(data.FullName, (UnixFileMode)0b111_101_101);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Travel_AppHost>(
            [
                $"--Data={data.FullName}",
                $"--Parameters:web-key={WebKey}",
                $"--AppHost:BrowserToken={DashboardToken}",
                $"--AppHost:DashboardApiKey={DashboardToken}",
            ],
            (options, _) => options.DisableDashboard = false);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        app = await builder.BuildAsync();
        await app.StartAsync();
        using var timeout = new CancellationTokenSource(StartTimeout);
        foreach (var resource in new[] { ResourceNames.Api, ResourceNames.Web, ResourceNames.Worker })
        {
            await Resources.WaitForResourceHealthyAsync(resource, timeout.Token);
        }

        Stays = new Stays(this);
        Mailbox = new Mailbox(App.CreateHttpClient(ResourceNames.Mail, "http"));
        Telemetry = new Telemetry(Dashboard, DashboardToken);
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        data.Delete(recursive: true);
    }

    /// <summary>A client of the Api, signed in as the demo guest.</summary>
    public async Task<HttpClient> GuestAsync()
    {
        var client = Anonymous();
        guestToken ??= SignInAsync(client, "guest@travel.test");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await guestToken);
        return client;
    }

    public HttpClient Anonymous() => App.CreateHttpClient(ResourceNames.Api, "http");

    public async Task<TravelDbContext> DatabaseAsync() => new(
        new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(await App.GetConnectionStringAsync(ResourceNames.Database)).Options);

    public async Task StopAsync(string resource)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StopCommand);
        await Resources.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates).WaitAsync(StartTimeout);
    }

    public async Task StartAsync(string resource)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StartCommand);
        await Resources.WaitForResourceHealthyAsync(resource).WaitAsync(StartTimeout);
    }

    private async Task ExecuteAsync(string resource, string command)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(resource, command);
        result.Success.ShouldBeTrue(result.Message);
    }

    private static async Task<string> SignInAsync(HttpClient client, string email)
    {
        var response = await client.PostAsJsonAsync("/api/v1/sessions", new SignInRequest(email, "Travel-demo-1"), TravelJson.Options);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<SessionResponse>(TravelJson.Options))!.AccessToken;
    }
}

[CollectionDefinition(TravelGraph.Collection)]
public sealed class GraphCollection : ICollectionFixture<TravelGraph>;
