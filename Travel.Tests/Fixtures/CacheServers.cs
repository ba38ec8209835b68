using RabbitMQ.Client;
using StackExchange.Redis;
using Travel.Contracts;

namespace Travel.Tests.Fixtures;

/// <summary>PostgreSQL, Redis and RabbitMQ, for processes that cache. Tests of this collection may stop and spoil them.</summary>
public sealed class CacheServers() : PartOfGraph(ResourceNames.Postgres, ResourceNames.Database, ResourceNames.Cache, ResourceNames.Messaging), IPostgres
{
    public const string Collection = "caches";

    public Task<string> DatabaseAddressAsync() => AddressAsync(ResourceNames.Database);

    internal async Task<ConnectionMultiplexer> RedisAsync() => await ConnectionMultiplexer.ConnectAsync(await RedisAddressAsync() + ",connectTimeout=1000");

    internal async Task<string> RedisAddressAsync() => await AddressAsync(ResourceNames.Cache) + ",abortConnect=false";

    internal async Task<ConnectionFactory> BrokerAsync() => new() { Uri = new Uri(await BrokerAddressAsync()), AutomaticRecoveryEnabled = false };

    internal Task<string> BrokerAddressAsync() => AddressAsync(ResourceNames.Messaging);
}

[CollectionDefinition(CacheServers.Collection)]
public sealed class TheCacheServers : ICollectionFixture<CacheServers>;
