using Travel.Contracts;

namespace Travel.Tests.Fixtures;

/// <summary>A server on which tests make databases of their own.</summary>
public interface IPostgres
{
    /// <summary>How to reach one of its databases; the server is the same for all.</summary>
    Task<string> DatabaseAddressAsync();
}

/// <summary>PostgreSQL alone.</summary>
public sealed class DatabaseServer() : PartOfGraph(ResourceNames.Postgres, ResourceNames.Database), IPostgres
{
    public const string Collection = "databases";

    public Task<string> DatabaseAddressAsync() => AddressAsync(ResourceNames.Database);
}

[CollectionDefinition(DatabaseServer.Collection)]
public sealed class TheDatabaseServer : ICollectionFixture<DatabaseServer>;
