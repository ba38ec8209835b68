using System.Globalization;
using System.Text.Json;
using Npgsql;
using Travel.Contracts;
using Travel.Contracts.Search;
using Travel.Domain;

namespace Travel.Api.Search;

/// <summary>
/// Counts for each filter what its choices would find, all of it in one pass: the stays are grouped by everything that is counted, with a note of
/// which filters they pass. There are a few hundred such groups, however many stays.
/// </summary>
internal sealed class CountFacets(TravelDbContext db, PriceScale scale, SearchOptions options, TimeProvider clock)
{
    private const int MostBedrooms = 5;

    /// <summary>In half stars.</summary>
    private static readonly int[] RatingSteps = [6, 7, 8, 9];

    /// <remarks>What words and places mean is asked anew: facets are kept, and so is the page that has them. A third thing kept within would be older than either may be.</remarks>
    public async Task<SearchFacets> ExecuteAsync(ListingSearch search, CancellationToken cancellationToken) =>
        From(await db.SearchAsync(StatementOf(search, await SearchMeaning.ReadAsync(search, db, cancellationToken)), Read, cancellationToken), search);

    private SqlStatement StatementOf(ListingSearch search, SearchMeaning meaning)
    {
        var sql = new SearchSql(search, meaning, scale, clock.GetUtcNow());
        var conditions = string.Join(" AND ", sql.Conditions().Concat(sql.Free()));
        return sql.Statement($"""
            SELECT * FROM (
                WITH found AS MATERIALIZED (
                    SELECT l.type, least(l.bedrooms, {MostBedrooms}) AS bedrooms, floor(coalesce(l.rating, 0) * 2)::integer AS half_stars, l.amenities,
                        {Passes(sql.OfType())} AS of_type, {Passes(sql.WithBedrooms())} AS with_bedrooms, {Passes(sql.Rated())} AS rated, {Passes(sql.Priced())} AS priced,
                        {sql.ComparedPrice()} AS price
                    FROM {sql.ListingsWithPrice}
                    WHERE {(conditions.Length > 0 ? conditions : "true")}
                    LIMIT {options.MostCounted + 1}
                )
                SELECT NULL AS amenity, type, bedrooms, half_stars, of_type, with_bedrooms, rated, priced, count(*)::integer, min(price), max(price)
                FROM found
                GROUP BY type, bedrooms, half_stars, of_type, with_bedrooms, rated, priced
                UNION ALL
                SELECT amenity, NULL, 0, 0, true, true, true, true, count(*)::integer, 0, 0
                FROM found, unnest(amenities) amenity
                WHERE of_type AND with_bedrooms AND rated AND priced
                GROUP BY amenity
            ) counted
            """);
    }

    private static Group Read(NpgsqlDataReader row) => new(
        row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt32(2), row.GetInt32(3),
        row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7), row.GetInt32(8), row.GetInt64(9), row.GetInt64(10));

    private SearchFacets From(IReadOnlyList<Group> groups, ListingSearch search)
    {
        var stays = groups.Where(group => group.Amenity is null).ToList();
        var whateverPrice = stays.Where(group => group is { OfType: true, WithBedrooms: true, Rated: true }).ToList();
        return new SearchFacets(
            whateverPrice.Where(group => group.Priced).Sum(group => group.Count),
            stays.Sum(group => group.Count) <= options.MostCounted,
            [.. stays.Where(group => group is { WithBedrooms: true, Rated: true, Priced: true })
                .GroupBy(group => group.Type!, StringComparer.Ordinal)
                .Select(alike => new FacetCount(JsonNamingPolicy.CamelCase.ConvertName(alike.Key), alike.Sum(group => group.Count)))
                .OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.Ordinal)],
            [.. groups.Where(group => group.Amenity is not null)
                .Select(group => new FacetCount(group.Amenity!, group.Count))
                .OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.Ordinal)],
            [.. AtLeast(Enumerable.Range(1, MostBedrooms), stays.Where(group => group is { OfType: true, Rated: true, Priced: true }), group => group.Bedrooms, unit: 1m)],
            [.. AtLeast(RatingSteps, stays.Where(group => group is { OfType: true, WithBedrooms: true, Priced: true }), group => group.HalfStars, unit: 0.5m)],
            whateverPrice.Count == 0
                ? null
                : new PriceRange(
                    new Money(scale.NotAbove(whateverPrice.Min(group => group.Lowest), search.Currency), search.Currency),
                    new Money(scale.NotBelow(whateverPrice.Max(group => group.Highest), search.Currency), search.Currency)));
    }

    private static IEnumerable<FacetCount> AtLeast(IEnumerable<int> steps, IEnumerable<Group> groups, Func<Group, int> valueOf, decimal unit)
    {
        var known = groups.ToList();
        return steps
            .Select(step => new FacetCount((step * unit).ToString("0.#", CultureInfo.InvariantCulture), known.Where(group => valueOf(group) >= step).Sum(group => group.Count)))
            .Where(facet => facet.Count > 0);
    }

    /// <summary>Also of what is not known, such as the rating of a stay that has none: it does not pass.</summary>
    private static string Passes(string? condition) => condition is null ? "true" : $"coalesce({condition}, false)";

    /// <param name="Amenity">Null in a group of stays; else it is those of all stays found that have this.</param>
    private sealed record Group(
        string? Amenity, string? Type, int Bedrooms, int HalfStars, bool OfType, bool WithBedrooms, bool Rated, bool Priced, int Count, long Lowest, long Highest);
}
