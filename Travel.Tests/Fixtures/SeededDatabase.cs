using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Worker.Seeding;

namespace Travel.Tests.Fixtures;

/// <summary>A database of its own with the demo data in it and nothing else.</summary>
public sealed class SeededDatabase(DatabaseServer server) : IAsyncLifetime
{
    public static readonly DateTimeOffset SeededAt = new(2026, 6, 15, 21, 30, 0, TimeSpan.Zero);

    private const string Template = "migrated";

    /// <summary>A database that every server has.</summary>
    private const string Maintenance = "postgres";

    private static readonly ConcurrentDictionary<IPostgres, Lazy<Task>> Migrated = new();

    private TravelDbContext? db;

    public TravelDbContext Db => db ?? throw new InvalidOperationException("The database is not there yet.");

    public async Task InitializeAsync()
    {
        db = await EmptyAsync(server, "seeded");
        await SeedAsync(db, SeededAt);
    }

    public async Task DisposeAsync()
    {
        if (db is not null)
        {
            await db.Database.EnsureDeletedAsync();
            await db.DisposeAsync();
        }
    }

    /// <summary>A database of this name with all migrations and no rows: a copy of one that is migrated once on each server.</summary>
    public static async Task<TravelDbContext> EmptyAsync(IPostgres server, string name)
    {
        await Migrated.GetOrAdd(server, _ => new(() => MigrateAsync(server))).Value;
        await using var connection = new NpgsqlConnection(await AddressAsync(server, Maintenance));
        await connection.OpenAsync();
        await using var copy = new NpgsqlCommand($"CREATE DATABASE \"{name}\" TEMPLATE {Template}", connection);
        await copy.ExecuteNonQueryAsync();
        return await OpenAsync(server, name);
    }

    public static Task SeedAsync(TravelDbContext database, DateTimeOffset now) =>
        new SeedDemoData(database, new PasswordHasher<User>(), new SetClock(now), NullLogger<SeedDemoData>.Instance).ExecuteAsync(CancellationToken.None);

    private static async Task MigrateAsync(IPostgres server)
    {
        await using var template = await OpenAsync(server, Template);
        await template.Database.MigrateAsync();
    }

    private static async Task<TravelDbContext> OpenAsync(IPostgres server, string name)
    {
        var options = new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(await AddressAsync(server, name));
        DatabaseClient.Configure(options);
        return new TravelDbContext(options.Options);
    }

    private static async Task<string> AddressAsync(IPostgres server, string name) =>
        new NpgsqlConnectionStringBuilder(await server.DatabaseAddressAsync()) { Database = name, Pooling = false }.ConnectionString;
}
