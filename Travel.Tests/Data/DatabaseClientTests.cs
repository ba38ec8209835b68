using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Domain;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Data;

[Collection(DatabaseServer.Collection)]
public sealed class DatabaseClientTests(DatabaseServer server)
{
    [Fact]
    public void Statements_are_prepared_and_connections_given_back_without_a_word()
    {
        var connection = new NpgsqlConnectionStringBuilder(DatabaseClient.Prepared("Host=somewhere;Username=travel"));

        connection.MaxAutoPrepare.ShouldBeGreaterThan(0);
        connection.NoResetOnClose.ShouldBeTrue();
        (connection.Host, connection.Username).ShouldBe(("somewhere", "travel"));
    }

    [Fact]
    public void What_the_connection_string_says_of_that_stays()
    {
        var connection = new NpgsqlConnectionStringBuilder(DatabaseClient.Prepared("Host=pooler;Max Auto Prepare=0;No Reset On Close=false"));

        connection.MaxAutoPrepare.ShouldBe(0);
        connection.NoResetOnClose.ShouldBeFalse();
    }

    [Fact]
    public void No_connection_string_stays_none() => DatabaseClient.Prepared(null).ShouldBeNull();

    [Fact]
    public async Task A_column_that_is_added_beneath_prepared_statements_is_in_nobodys_way()
    {
        var address = await server.DatabaseAddressAsync();
        var options = new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(DatabaseClient.Prepared(
            $"{address};Application Name=growing;Auto Prepare Min Usages=1"));
        DatabaseClient.Configure(options);
        await using var owner = new TravelDbContext(new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql($"{address};Pooling=false").Options);
        await owner.Database.ExecuteSqlRawAsync("""CREATE TABLE growing AS SELECT 1 AS "Ring" """);
        try
        {
            await PrepareOnAsync(connections: 8);

            await owner.Database.ExecuteSqlRawAsync("ALTER TABLE growing ADD COLUMN height integer");

            await using var db = new TravelDbContext(options.Options);
            (await RingsAsync(db)).ShouldBe([new Tree(1)]);
        }
        finally
        {
            await owner.Database.ExecuteSqlRawAsync("DROP TABLE growing");
        }

        async Task PrepareOnAsync(int connections)
        {
            var open = Enumerable.Range(0, connections).Select(_ => new TravelDbContext(options.Options)).ToList();
            foreach (var db in open)
            {
                await db.Database.OpenConnectionAsync();
                (await RingsAsync(db)).ShouldBe([new Tree(1)]);
            }

            foreach (var db in open)
            {
                await db.DisposeAsync();
            }
        }

        Task<List<Tree>> RingsAsync(TravelDbContext db) => db.Database.SqlQueryRaw<Tree>("SELECT * FROM growing").ToListAsync();
    }

    private sealed record Tree(int Ring);
}
