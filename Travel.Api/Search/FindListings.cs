using Npgsql;
using Travel.Api.Listings.Photos;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Contracts.Search;
using Travel.Domain;

namespace Travel.Api.Search;

/// <summary>
/// One page of the stays that somebody looks for: a pure function of the question and what is there. It takes one round trip to the database, and more where
/// <see cref="WorstOfPage"/> helps.
/// </summary>
internal sealed class FindListings(TravelDbContext db, Cursors cursors, PriceScale scale, TimeProvider clock)
{
    /// <summary>In the order in which <see cref="Read"/> takes them.</summary>
    private const string Columns =
        "l.id, l.slug, l.title, l.type, l.city, l.country, l.latitude, l.longitude, l.max_guests, l.bedrooms, l.min_nights, l.price_per_night_minor_units, l.currency, "
        + "l.rating, l.review_count, l.amenities, l.payment_mode, l.booking_mode";

    private static readonly Guid Greatest = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <param name="after">The last stay of the page before; null for the first page.</param>
    public async Task<ListingsFound> ExecuteAsync(ListingSearch search, SearchMeaning meaning, SearchCursor? after, int limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var count = limit + 1;
        var worst = WorstOfPage.IsNeededFor(search) ? await WorstOfPage.ReadAsync(db, NewSql(), search, after, count, cancellationToken) : null;
        var rows = await ReadAsync(worst);
        if (worst is not null && rows.Count < count)
        {
            // Somebody has booked one of those meanwhile: the page would end where there is more.
            rows = await ReadAsync(worst: null);
        }

        return new ListingsFound(
            [.. rows.Take(limit).Select(row => row.Listing)],
            rows.Count > limit ? rows[limit - 1].Cursor.Write(cursors, search, scale) : null);

        SearchSql NewSql() => new(search, meaning, scale, now);

        Task<List<(ListingSummary Listing, SearchCursor Cursor)>> ReadAsync(long? worst) => db.SearchAsync(PageOf(NewSql(), search, after, count, worst), Read, cancellationToken);
    }

    private SqlStatement PageOf(SearchSql sql, ListingSearch search, SearchCursor? after, int count, long? worst)
    {
        var found = search switch
        {
            { IsByPrice: true, HasDates: false } => ByPriceOfANight(sql, search, after, count),
            { HasDates: true, Sort: not (SearchSort.Newest or SearchSort.Rating) } => InAnOrderOfItsOwn(sql, search, after, count, worst),
            _ => InTheOrderOfAnIndex(sql, search, after, count),
        };
        // What a page shows of its few stays is read once they are known. Named first, as whoever empties tables does: who locks in one order waits for nobody in a circle.
        return sql.Statement($"""
            SELECT {Columns}, found.key, found.centre_latitude, found.centre_longitude, {(search.HasDates ? sql.TotalOf("l") : "NULL::bigint")},
                (SELECT photo.id FROM listing_photos photo WHERE photo.listing_id = l.id AND photo.position = 0)
            FROM listings l JOIN ({found}) found USING (id)
            ORDER BY {Order(search, "found.key", "found.id")}
            """);
    }

    /// <summary>Until there are enough; or all of them are put in order, where they have neither to be priced nor asked for their nights.</summary>
    private static string InTheOrderOfAnIndex(SearchSql sql, ListingSearch search, SearchCursor? after, int count)
    {
        var key = sql.Key();
        IEnumerable<string?> conditions = [.. sql.Filters(), sql.CanBePriced(), sql.Behind(key, after), .. sql.Free(), sql.Priced()];
        return $"""
            SELECT l.id, {KeyAndCentre(search, key)}
            FROM {(search.IsPriced ? sql.ListingsWithPrice : sql.Listings)}{Centre(sql, search, after)}
            {Where(conditions)}
            ORDER BY {Order(search, key, "l.id")}
            LIMIT {count}
            """;
    }

    /// <summary>
    /// All are put in order before the first of them are asked whether their nights are free and, unless that is the order, what they cost: OFFSET 0
    /// keeps that from being asked of all.
    /// </summary>
    private static string InAnOrderOfItsOwn(SearchSql sql, ListingSearch search, SearchCursor? after, int count, long? worst)
    {
        var key = sql.Key();
        IEnumerable<string?> conditions = [.. sql.Filters(), sql.CanBePriced(), sql.Behind(key, after), WorstOfPage.NoneWorse(sql, search, after, worst)];
        var (now, later) = search switch
        {
            { IsByPrice: true } => (sql.Total, ""),
            { IsPriced: true } => ("", sql.Total),
            _ => ("", ""),
        };
        return $"""
            SELECT l.id, l.key, l.centre_latitude, l.centre_longitude
            FROM (
                SELECT l.id, {KeyAndCentre(search, key)}{(later.Length > 0 ? ", " + StayTotalSql.Columns + ", l.currency" : "")}
                FROM {sql.Listings}{now}{Centre(sql, search, after)}
                {Where([.. conditions, search.IsByPrice ? sql.Priced() : null])}
                ORDER BY {Order(search, key, "l.id")}
                OFFSET 0
            ) l{later}
            {Where([.. sql.Free(), search.IsByPrice ? null : sql.Priced()])}
            ORDER BY {Order(search, "l.key", "l.id")}
            LIMIT {count}
            """;
    }

    /// <summary>Those of each currency in the order that an index has them in, and the first of all of them.</summary>
    private string ByPriceOfANight(SearchSql sql, ListingSearch search, SearchCursor? after, int count)
    {
        var branches = Currencies.All.Select(currency => $"""
            (SELECT l.id, {KeyAndCentre(search, sql.ComparedPrice())}
            FROM {sql.Listings}
            {Where([.. sql.Filters(), sql.Priced(), $"{SearchSql.NightIn(currency)} IS NOT NULL AND l.currency = '{currency}'", Behind(currency)])}
            ORDER BY {Order(search, SearchSql.NightIn(currency), "l.id")}
            LIMIT {count})
            """);
        return $"{string.Join(" UNION ALL ", branches)} ORDER BY {Order(search, "key", "id")} LIMIT {count}";

        string? Behind(string currency)
        {
            if (after is not { } last)
            {
                return null;
            }

            // The last price may be none that this currency has. Then all of its neighbours are on one side.
            var below = scale.NotAbove(last.Key, currency);
            var has = scale.Of(new Money(below, currency)) == last.Key;
            return search.IsDescending
                ? $"({SearchSql.NightIn(currency)}, l.id) < ({sql.Value(has ? below : below + 1)}, {sql.Value(has ? last.Id : Guid.Empty)})"
                : $"({SearchSql.NightIn(currency)}, l.id) > ({sql.Value(below)}, {sql.Value(has ? last.Id : Greatest)})";
        }
    }

    private static string KeyAndCentre(ListingSearch search, string? key)
    {
        var centre = search.Sort == SearchSort.Distance ? ("centre.latitude", "centre.longitude") : ("0::float8", "0::float8");
        return $"{key ?? "0::bigint"} AS key, {centre.Item1} AS centre_latitude, {centre.Item2} AS centre_longitude";
    }

    private static string Centre(SearchSql sql, ListingSearch search, SearchCursor? after) => search.Sort == SearchSort.Distance ? $" CROSS JOIN {sql.Centre(after)}" : "";

    private static string Where(IEnumerable<string?> conditions)
    {
        var all = string.Join(" AND ", conditions.OfType<string>());
        return all.Length > 0 ? $"WHERE {all}" : "";
    }

    /// <param name="key">Null, as where the newest come first, is the same for all.</param>
    private static string Order(ListingSearch search, string? key, string id)
    {
        var direction = search.IsDescending ? "DESC" : "ASC";
        return $"{(key is null || search.Sort == SearchSort.Newest ? "" : $"{key} {direction}, ")}{id} {direction}";
    }

    private static (ListingSummary Listing, SearchCursor Cursor) Read(NpgsqlDataReader row)
    {
        var (id, currency) = (row.GetGuid(0), row.GetString(12));
        return (
            new ListingSummary(
                id,
                row.GetString(1),
                row.GetString(2),
                Enum.Parse<ListingType>(row.GetString(3)),
                row.GetString(4),
                row.GetString(5),
                row.GetDouble(6),
                row.GetDouble(7),
                row.GetInt32(8),
                row.GetInt32(9),
                row.GetInt32(10),
                new Money(row.GetInt64(11), currency),
                row.IsDBNull(21) ? null : new Money(row.GetInt64(21), currency),
                row.IsDBNull(13) ? null : row.GetDecimal(13),
                row.GetInt32(14),
                row.GetFieldValue<string[]>(15),
                row.IsDBNull(22) ? null : PhotoResponses.UrlOf(row.GetGuid(22)),
                Enum.Parse<PaymentMode>(row.GetString(16)),
                Enum.Parse<BookingMode>(row.GetString(17))),
            new SearchCursor(row.GetInt64(18), id, new Spot(row.GetDouble(19), row.GetDouble(20))));
    }
}
