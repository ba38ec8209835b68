using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Travel.Contracts;
using Travel.Domain;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Data;

/// <summary>The model is written in C# and the schema by hand in SQL; here they are held against each other.</summary>
[Collection(TravelGraph.Collection)]
public sealed class SchemaTests(TravelGraph graph)
{
    private const string KeptByTheDatabase = "The database keeps it by itself, for search.";

    /// <summary>Columns that the model leaves out, each with the reason.</summary>
    private static readonly Dictionary<string, string> Unmapped = new(StringComparer.Ordinal)
    {
        ["listings.words"] = KeptByTheDatabase,
        ["listings.place"] = KeptByTheDatabase,
        ["listings.lowest_season_minor_units"] = KeptByTheDatabase,
        ["listings.highest_season_minor_units"] = KeptByTheDatabase,
        ["places.key"] = KeptByTheDatabase,
        ["places.city"] = KeptByTheDatabase,
        ["places.region"] = KeptByTheDatabase,
        ["places.country"] = KeptByTheDatabase,
        ["places.plain_city"] = KeptByTheDatabase,
        ["places.plain_region"] = KeptByTheDatabase,
        ["places.plain_country"] = KeptByTheDatabase,
        ["places.names"] = KeptByTheDatabase,
        ["places.latitude"] = KeptByTheDatabase,
        ["places.longitude"] = KeptByTheDatabase,
        ["places.stays"] = KeptByTheDatabase,
        ["search_words.word"] = KeptByTheDatabase,
        ["published_listings.id"] = KeptByTheDatabase,
        ["published_listings.price_per_night_minor_units"] = KeptByTheDatabase,
        ["published_listings.weekend_price_minor_units"] = KeptByTheDatabase,
        ["published_listings.lowest_season_minor_units"] = KeptByTheDatabase,
        ["published_listings.highest_season_minor_units"] = KeptByTheDatabase,
        ["published_listings.cleaning_fee_minor_units"] = KeptByTheDatabase,
        ["published_listings.extra_guest_fee_minor_units"] = KeptByTheDatabase,
        ["published_listings.latitude"] = KeptByTheDatabase,
        ["published_listings.longitude"] = KeptByTheDatabase,
        ["published_listings.max_guests"] = KeptByTheDatabase,
        ["published_listings.included_guests"] = KeptByTheDatabase,
        ["published_listings.bedrooms"] = KeptByTheDatabase,
        ["published_listings.min_nights"] = KeptByTheDatabase,
        ["published_listings.max_nights"] = KeptByTheDatabase,
        ["published_listings.review_count"] = KeptByTheDatabase,
        ["published_listings.rating"] = KeptByTheDatabase,
        ["published_listings.currency"] = KeptByTheDatabase,
        ["published_listings.type"] = KeptByTheDatabase,
        ["published_listings.time_zone"] = KeptByTheDatabase,
        ["published_listings.place"] = KeptByTheDatabase,
        ["published_listings.weekend_nights"] = KeptByTheDatabase,
        ["published_listings.amenities"] = KeptByTheDatabase,
    };

    [Fact]
    public async Task Every_column_of_the_model_is_in_the_schema_just_so_and_every_other_one_is_left_out_on_purpose()
    {
        await using var db = await graph.DatabaseAsync();

        var schema = await ColumnsAsync(db);

        schema.Where(column => !Unmapped.ContainsKey(NameOf(column))).ShouldBe(ModelOf(db), ignoreOrder: true);
        Unmapped.Keys.ShouldBeSubsetOf(schema.Select(NameOf));
        Unmapped.Values.ShouldAllBe(reason => reason.Length > 0);
    }

    [Fact]
    public async Task Every_key_and_unique_index_of_the_model_is_in_the_schema()
    {
        await using var db = await graph.DatabaseAsync();

        var unique = await db.Database.SqlQuery<string>(
            $"""
            SELECT c.relname || ': ' || string_agg(a.attname, ', ' ORDER BY k.place) AS "Value"
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indrelid
            CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(attnum, place)
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
            WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indpred IS NULL
            GROUP BY c.relname, i.indexrelid
            """).ToListAsync();

        UniqueIn(db).ShouldBeSubsetOf(unique);
    }

    [Fact]
    public async Task Migrating_an_empty_database_twice_is_migrating_it_once()
    {
        var address = new NpgsqlConnectionStringBuilder(await graph.App.GetConnectionStringAsync(ResourceNames.Database)) { Database = "migrated_twice", Pooling = false };
        await using var db = new TravelDbContext(new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(address.ConnectionString).Options);
        await using var live = await graph.DatabaseAsync();
        try
        {
            await db.Database.MigrateAsync();
            var applied = await db.Database.GetAppliedMigrationsAsync();
            await db.Database.MigrateAsync();

            (await db.Database.GetAppliedMigrationsAsync()).ShouldBe(applied);
            (await ColumnsAsync(db)).ShouldBe(await ColumnsAsync(live));
        }
        finally
        {
            await db.Database.EnsureDeletedAsync();
        }
    }

    private static Task<List<string>> ColumnsAsync(TravelDbContext db) => db.Database.SqlQuery<string>(
        $"""
        SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN '' ELSE ' or null' END AS "Value"
        FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
            AND c.relname <> '__EFMigrationsHistory'
            -- Quartz's own, which it compares with what it expects when it starts.
            AND c.relname NOT LIKE 'qrtz\_%'
        ORDER BY 1
        """).ToListAsync();

    private static List<string> ModelOf(TravelDbContext db) =>
    [
        .. from table in db.Model.GetRelationalModel().Tables
           from column in table.Columns
           select $"{table.Name}.{column.Name} {column.StoreType}{(column.IsNullable ? " or null" : "")}",
    ];

    private static IEnumerable<string> UniqueIn(TravelDbContext db)
    {
        foreach (var table in db.Model.GetRelationalModel().Tables)
        {
            var keys = table.UniqueConstraints.Select(key => key.Columns).Concat(table.Indexes.Where(index => index.IsUnique).Select(index => index.Columns));
            foreach (var columns in keys)
            {
                yield return $"{table.Name}: {string.Join(", ", columns.Select(column => column.Name))}";
            }
        }
    }

    private static string NameOf(string column) => column[..column.IndexOf(' ', StringComparison.Ordinal)];
}
