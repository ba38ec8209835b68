using Travel.Contracts;
using Travel.Domain;

namespace Travel.Api.Search;

/// <summary>
/// The cheapest stays of the whole world: reckoning the price of each would take a second. What some stays cost that an index calls cheap is a limit that no stay on the
/// page is beyond, and few others can be below it.
/// </summary>
internal static class WorstOfPage
{
    /// <summary>Where neither words nor a place nor a box narrow the search to some thousands.</summary>
    public static bool IsNeededFor(ListingSearch search) => search is { IsByPrice: true, HasDates: true, Q: null, Place: null, Box: null };

    /// <returns>The key of the last of as many stays, taken in the order of what a night costs there; null when there are not as many.</returns>
    public static async Task<long?> ReadAsync(TravelDbContext db, SearchSql sql, ListingSearch search, SearchCursor? after, int count, CancellationToken cancellationToken)
    {
        var (key, direction) = (sql.Key(), search.IsDescending ? "DESC" : "ASC");
        var conditions = string.Join(" AND ", ((IEnumerable<string?>)[.. sql.Filters(), sql.CanBePriced(), sql.Behind(key, after), .. sql.Free(), sql.Priced()]).OfType<string>());
        var samples = Currencies.All.Select(currency => $"""
            (SELECT {key} AS key FROM {sql.ListingsWithPrice}
            WHERE {conditions} AND {SearchSql.NightIn(currency)} {From(currency)}
            ORDER BY {SearchSql.NightIn(currency)} {direction}, l.id {direction}
            LIMIT {count})
            """);
        var statement = sql.Statement($"SELECT key FROM ({string.Join(" UNION ALL ", samples)}) sample ORDER BY key {direction} OFFSET {count - 1} LIMIT 1");
        var keys = await db.SearchAsync(statement, row => row.GetInt64(0), cancellationToken);
        return keys.Count > 0 ? keys[0] : null;

        // Not from those that have long been shown, or are too cheap for what was asked.
        string From(string currency) => Best(sql, search, after) is { } best
            ? $"{(search.IsDescending ? "<=" : ">=")} {sql.Value(sql.OfANight(best, currency) + (search.IsDescending ? 1 : 0))}"
            : "IS NOT NULL";
    }

    /// <summary>Those that can be neither worse than this nor better than the page before; null where nothing is known of that.</summary>
    public static string? NoneWorse(SearchSql sql, ListingSearch search, SearchCursor? after, long? worst)
    {
        var best = IsNeededFor(search) ? Best(sql, search, after) : null;
        var (lowest, highest) = search.IsDescending ? (worst, best) : (best, worst);
        return lowest is null && highest is null ? null : sql.CanBeBetween(lowest, highest);
    }

    /// <summary>No stay on the page is better than this.</summary>
    private static long? Best(SearchSql sql, ListingSearch search, SearchCursor? after) => search.IsDescending
        ? Min(after?.Key, sql.Highest)
        : -Min(-after?.Key, -sql.Lowest);

    private static long? Min(long? one, long? other) => one is null || other < one ? other ?? one : one;
}
