using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Travel.Domain;
using Travel.Domain.Caching;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Caching;

/// <summary>Two replicas of the Api whose connections to Redis and to RabbitMQ can really be cut.</summary>
internal sealed class WiredReplicas : IAsyncDisposable
{
    private readonly List<ApiInProcess> replicas = [];

    private WiredReplicas(Wire redis, Wire broker) => (Redis, RabbitMQ) = (redis, broker);

    public Wire Redis { get; }

    public Wire RabbitMQ { get; }

    public int Count => replicas.Count;

    public ApiInProcess this[int replica] => replicas[replica];

    public static async Task<WiredReplicas> StartAsync(CacheServers servers, TravelDbContext db, string prefix)
    {
        var redisAddress = await servers.RedisAddressAsync();
        var redisServer = redisAddress[..redisAddress.IndexOf(',', StringComparison.Ordinal)];
        var brokerAddress = new Uri(await servers.BrokerAddressAsync());
        var wired = new WiredReplicas(
            new Wire(redisServer[..redisServer.LastIndexOf(':')], int.Parse(redisServer[(redisServer.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture)),
            new Wire(brokerAddress.Host, brokerAddress.Port));
        var settings = ApiInProcess.Settings(
            new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = true }.ConnectionString,
            $"{wired.Redis.Address}{redisAddress[redisServer.Length..]},connectTimeout=1000",
            new UriBuilder(brokerAddress) { Host = $"{wired.RabbitMQ.Address.Address}", Port = wired.RabbitMQ.Address.Port }.Uri.AbsoluteUri,
            prefix: prefix);
        // A busy machine is no slow Redis, and nobody here asks for too much.
        settings["Caching:RedisTimeout"] = "00:00:02";
        settings["Limits:ReadsPerMinute"] = settings["Limits:WritesPerMinute"] = "100000000";
        for (var replica = 0; replica < 2; replica++)
        {
            wired.replicas.Add(new ApiInProcess(settings, new NoListener(), relays: true));
            _ = wired[replica].Services;
        }

        await wired.HearAsync();
        return wired;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        await Redis.DisposeAsync();
        await RabbitMQ.DisposeAsync();
    }

    /// <summary>Waits until both hear of all changes, or know that they do not.</summary>
    public async Task HearAsync(bool hear = true)
    {
        foreach (var replica in replicas)
        {
            await replica.HearsAsync(hear);
        }
    }

    public bool AreDeaf() => replicas.TrueForAll(replica => !replica.Services.GetRequiredService<Hearing>().HearsAll(TimeProvider.System.GetUtcNow()));

    private sealed class NoListener : IInterceptor;
}
