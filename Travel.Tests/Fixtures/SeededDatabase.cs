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

    /// <summary>A database of this name with all migrations and no rows.</summary>
    public static async Task<TravelDbContext> EmptyAsync(IPostgres server, string name)
    {
        var address = new NpgsqlConnectionStringBuilder(await server.DatabaseAddressAsync()) { Database = name, Pooling = false };
        var options = new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(address.ConnectionString);
        DatabaseClient.Configure(options);
        var empty = new TravelDbContext(options.Options);
        await empty.Database.MigrateAsync();
        return empty;
    }

    public static Task SeedAsync(TravelDbContext database, DateTimeOffset now) =>
        new SeedDemoData(database, new PasswordHasher<User>(), new SetClock(now), NullLogger<SeedDemoData>.Instance).ExecuteAsync(CancellationToken.None);
}
