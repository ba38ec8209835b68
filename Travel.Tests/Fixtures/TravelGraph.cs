using System.Net.Http.Headers;
using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using StackExchange.Redis;
using Travel.Bench.Servers;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain;

namespace Travel.Tests.Fixtures;

/// <summary>
/// The whole system, started through the AppHost once for each of its collections, with data of its own in a throw-away folder. The variable
/// BACKING decides what the servers run as, see <see cref="Travel.AppHost.Backing.BackingChoice"/>; by default they are processes.
/// </summary>
public sealed class TravelGraph : IAsyncLifetime, IPostgres
{
    public const string Collection = "the graph";

    /// <summary>
    /// Another one, without a browser: tests stop, kill and reset there what the others want to be there all the time. Also for those that only
    /// want its servers, with a database and an Api of their own.
    /// </summary>
    public const string Outages = "the graph that things happen to";

    public const string AccessTokenKey = "the-key-that-signs-access-tokens-in-tests-0123456789";
    public const string WebKey = "the-key-web-shows-in-tests-0123456789";
    public const string GuestEmail = "guest@travel.test";
    public const string OperatorEmail = "operator@travel.test";
    public const string DemoPassword = "Travel-demo-1";

    /// <summary>By their settings, the jobs that tests wait for.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Sooner =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["ExpireHolds"] = "0/2 * * * * ?", ["SendRefunds"] = "1/2 * * * * ?" };

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);

    private readonly ThrowAwayData data = new();
    private DistributedApplication? app;
    private SessionResponse? guestSession;
    private ConnectionMultiplexer? redis;

    private GraphProcesses Processes => new(App);

    public DistributedApplication App => app ?? throw new InvalidOperationException("The graph is not started.");

    public ResourceNotificationService Resources => App.ResourceNotifications;

    public string DashboardToken { get; } = Guid.NewGuid().ToString("N");

    internal string Photos => data.Photos;

    internal string DataOf(string server) => data.Of(server);

    internal Stays Stays { get; private set; } = null!;

    internal Mailbox Mailbox { get; private set; } = null!;

    internal Telemetry Telemetry { get; private set; } = null!;

    public Uri Web => App.GetEndpoint(ResourceNames.Web, "http");

    public Uri Dashboard => App.GetEndpoint("aspire-dashboard", "http");

    public async Task InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Travel_AppHost>(
            [
                .. data.Arguments,
                $"--Parameters:access-token-key={AccessTokenKey}",
                $"--Parameters:web-key={WebKey}",
                $"--ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN={DashboardToken}",
                $"--AppHost:DashboardApiKey={DashboardToken}",
                // The launch profile's port may be a running Travel's.
                $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://127.0.0.1:{LoopbackPort.Free()}",
            ],
            (options, _) => options.DisableDashboard = false);
        // All tests come from one address, and many of them as one guest. The limits have tests of their own.
        Project(ResourceNames.Api)
            .WithEnvironment("Limits__ReadsPerMinute", "1000000")
            .WithEnvironment("Limits__WritesPerMinute", "1000000");
        // Each window of the browser says where it is, as a proxy would.
        Project(ResourceNames.Web)
            .WithEnvironment("Proxies__Networks__0", "127.0.0.0/8")
            .WithEnvironment("Proxies__Networks__1", "::1/128")
            .WithEnvironment("OutgoingHttp__TotalTimeout", "00:00:08");
        var worker = Project(ResourceNames.Worker);
        foreach (var (job, cron) in Sooner)
        {
            worker.WithEnvironment($"Schedules__{job}__Cron", cron);
        }

        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.Services.ConfigureHttpClientDefaults(clients => clients.AddHttpMessageHandler(() => new DocumentedAnswers()));
        app = await builder.BuildAsync();
        using var timeout = new CancellationTokenSource(StartTimeout);
        await app.StartAsync(timeout.Token);
        redis = await ConnectionMultiplexer.ConnectAsync(await App.GetConnectionStringAsync(ResourceNames.Cache) + ",abortConnect=false");
        foreach (var resource in new[] { ResourceNames.Api, ResourceNames.Web, ResourceNames.Worker })
        {
            await Resources.WaitForResourceHealthyAsync(resource, timeout.Token);
        }

        Stays = new Stays(this);
        Mailbox = new Mailbox(App.CreateHttpClient(ResourceNames.Mail, "http"));
        Telemetry = new Telemetry(Dashboard, DashboardToken);

        IResourceBuilder<ProjectResource> Project(string name) =>
            builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(resource => resource.Name == name));
    }

    public async Task DisposeAsync()
    {
        Telemetry?.Dispose();
        redis?.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        await data.DeleteAsync();
    }

    /// <summary>A client of the Api, signed in as the demo guest.</summary>
    public async Task<HttpClient> GuestAsync()
    {
        var client = Anonymous();
        // One for many tests, because the sign-in limit counts; renewed long before it is ten minutes old.
        if (guestSession is null || guestSession.AccessTokenExpiresAt < TimeProvider.System.GetUtcNow().AddMinutes(5))
            guestSession = await SignInAsync(client, GuestEmail);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", guestSession.AccessToken);
        return client;
    }

    public HttpClient Anonymous() => App.CreateHttpClient(ResourceNames.Api, "http");

    /// <summary>Not pooled: a connection from before a test stopped PostgreSQL would fail the next test.</summary>
    public async Task<TravelDbContext> DatabaseAsync(params IInterceptor[] interceptors) => new(
        new DbContextOptionsBuilder<TravelDbContext>()
            .UseNpgsql($"{await DatabaseAddressAsync()};Pooling=false")
            .AddInterceptors([.. interceptors, new ToldWrites(redis!)])
            .Options);

    public async Task<string> DatabaseAddressAsync() => (await App.GetConnectionStringAsync(ResourceNames.Database))!;

    public Task StopAsync(string resource) => Processes.StopAsync(resource);

    /// <summary>Starts what is not running of it: all of it, or the one replica that has died.</summary>
    public Task StartAsync(string resource) => Processes.StartAsync(resource);

    /// <summary>Ends its processes as a crash would: all that run, or as many as are asked for.</summary>
    public Task KillAsync(string resource, int atMost = int.MaxValue) => Processes.KillAsync(resource, atMost);

    /// <summary>What is known at this moment of each process of the resource.</summary>
    public Task<IReadOnlyList<ResourceEvent>> ProcessesAsync(string resource) => Processes.OfAsync(resource);

    /// <summary>Presses a button of the dashboard.</summary>
    public Task<ExecuteCommandResult> CommandAsync(string resource, string command) => App.ResourceCommands.ExecuteCommandAsync(resource, command);

    /// <summary>Back to the demo data. All bookings, accounts and sessions of other tests are gone.</summary>
    public async Task ResetAsync()
    {
        var result = await CommandAsync(ResourceNames.Database, DevelopmentCommands.ResetDemoData);
        result.Success.ShouldBeTrue(result.Message);
        guestSession = null;
    }

    public async Task<IConnection> BrokerAsync() => await (await this.BrokerFactoryAsync()).CreateConnectionAsync();

    private static async Task<SessionResponse> SignInAsync(HttpClient client, string email)
    {
        var response = await client.PostAsJsonAsync("/api/v1/sessions", new SignInRequest(email, DemoPassword), TravelJson.Options);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<SessionResponse>(TravelJson.Options))!;
    }
}

[CollectionDefinition(TravelGraph.Collection)]
public sealed class TheGraph : ICollectionFixture<TravelGraph>, ICollectionFixture<Browser>;

[CollectionDefinition(TravelGraph.Outages)]
public sealed class TheGraphOfOutages : ICollectionFixture<TravelGraph>;
