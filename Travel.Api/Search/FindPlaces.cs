using Travel.Contracts;
using Travel.Contracts.Search;
using Travel.Domain;

namespace Travel.Api.Search;

/// <summary>The places that somebody may mean who has begun to write one: cities, regions and countries that have stays.</summary>
internal sealed class FindPlaces(TravelDbContext db)
{
    public const int Most = 10;

    /// <summary>Below this likeness two names have nothing to do with each other.</summary>
    private const string LeastAlike = "0.45";

    private const string Mean =
        "sum(latitude * stays) / sum(stays), degrees(atan2(sum(sin(radians(longitude)) * stays), sum(cos(radians(longitude)) * stays))), sum(stays)::integer";

    private static readonly string Sql =
        $"""
        WITH asked AS MATERIALIZED (SELECT plain_text($1) AS text),
        known (name, region, country, kind, plain, whole, latitude, longitude, stays) AS (
            SELECT city, region, country, '{PlaceKind.City}', plain_city, concat_ws(' ', plain_city, plain_region, plain_country), latitude, longitude, stays FROM places
            UNION ALL
            SELECT min(region), NULL, min(country), '{PlaceKind.Region}', plain_region, plain_region || ' ' || plain_country, {Mean} FROM places
            WHERE plain_region <> '' GROUP BY plain_region, plain_country
            UNION ALL
            SELECT min(country), NULL, min(country), '{PlaceKind.Country}', plain_country, plain_country, {Mean} FROM places GROUP BY plain_country
        )
        SELECT name, region, country, kind, latitude, longitude, stays
        FROM (
            SELECT known.*,
                CASE WHEN starts_with(plain, text) THEN 2 WHEN strpos(' ' || whole, ' ' || text) > 0 THEN 1 ELSE 0 END AS begins,
                greatest(similarity(plain, text), CASE WHEN length(text) > 2 THEN word_similarity(text, plain) END) AS alike
            FROM known, asked
            WHERE text <> ''
        ) ranked
        WHERE begins > 0 OR alike >= {LeastAlike}
        ORDER BY begins DESC, alike DESC, stays DESC, name, country, region
        LIMIT {Most}
        """;

    public async Task<Page<PlaceFound>> ExecuteAsync(string text, CancellationToken cancellationToken) => new(
        await db.ReadAsync(
            [new SqlStatement(Sql, [text])],
            reader => reader.RowsAsync(
                row => new PlaceFound(
                    row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), Enum.Parse<PlaceKind>(row.GetString(3)), row.GetDouble(4), row.GetDouble(5),
                    row.GetInt32(6)),
                cancellationToken),
            cancellationToken),
        Next: null);
}
