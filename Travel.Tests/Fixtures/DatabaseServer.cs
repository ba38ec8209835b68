using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Travel.Contracts;

namespace Travel.Tests.Fixtures;

/// <summary>A server on which tests make databases of their own.</summary>
public interface IPostgres
{
    /// <summary>How to reach one of its databases; the server is the same for all.</summary>
    Task<string> DatabaseAddressAsync();
}

/// <summary>
/// PostgreSQL alone, as the AppHost starts it: for tests that need no process of ours, and may run while others stop and kill those of the graph.
/// </summary>
public sealed class DatabaseServer : IAsyncLifetime, IPostgres
{
    public const string Collection = "databases";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);
    private static readonly string[] Needed = [ResourceNames.Postgres, ResourceNames.Database, $"{ResourceNames.Postgres}-password"];

    private readonly ThrowAwayData data = new();
    private DistributedApplication? app;

    public async Task InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Travel_AppHost>(data.Arguments, (_, _) => { });
        foreach (var other in builder.Resources.Where(resource => !Needed.Contains(resource.Name, StringComparer.Ordinal)).ToList())
        {
            builder.Resources.Remove(other);
        }

        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        app = await builder.BuildAsync();
        using var timeout = new CancellationTokenSource(StartTimeout);
        await app.StartAsync(timeout.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Database, timeout.Token);
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        await data.DeleteAsync();
    }

    public async Task<string> DatabaseAddressAsync() => (await app!.GetConnectionStringAsync(ResourceNames.Database))!;
}

[CollectionDefinition(DatabaseServer.Collection)]
public sealed class TheDatabaseServer : ICollectionFixture<DatabaseServer>;
