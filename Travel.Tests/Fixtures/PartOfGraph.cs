using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Travel.Bench.Servers;

namespace Travel.Tests.Fixtures;

/// <summary>
/// Some of the servers, as the AppHost starts them, and nothing else: for tests that need no process of ours, and may run while others stop and kill
/// those of the graph.
/// </summary>
/// <param name="servers">Names of resources; each has a password.</param>
public abstract class PartOfGraph(params string[] servers) : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);

    private readonly ThrowAwayData data = new();
    private DistributedApplication? app;

    internal GraphProcesses Processes => new(App);

    private DistributedApplication App => app ?? throw new InvalidOperationException("The servers are not started.");

    public async Task InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Travel_AppHost>(data.Arguments, (_, _) => { });
        var needed = servers.Concat(servers.Select(server => $"{server}-password")).ToHashSet(StringComparer.Ordinal);
        foreach (var other in builder.Resources.Where(resource => !needed.Contains(resource.Name)).ToList())
        {
            builder.Resources.Remove(other);
        }

        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        app = await builder.BuildAsync();
        using var timeout = new CancellationTokenSource(StartTimeout);
        await app.StartAsync(timeout.Token);
        foreach (var server in servers)
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(server, timeout.Token);
        }
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        await data.DeleteAsync();
    }

    protected async Task<string> AddressAsync(string server) => (await App.GetConnectionStringAsync(server))!;
}
