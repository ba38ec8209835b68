using Npgsql;
using Travel.Api.Listings.Photos;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Contracts.Search;
using Travel.Domain;

namespace Travel.Api.Search;

/// <summary>One page of the stays that somebody looks for, in one round trip to the database (two where <see cref="WorstOfPage"/> helps): a pure function of the question and what is there.</summary>
internal sealed class FindListings(TravelDbContext db, Cursors cursors, PriceScale scale, TimeProvider clock)
{
    /// <summary>In the order in which <see cref="Read"/> takes them.</summary>
    private const string Columns =
        "l.id, l.slug, l.title, l.type, l.city, l.country, l.latitude, l.longitude, l.max_guests, l.bedrooms, l.min_nights, l.price_per_night_minor_units, l.currency, "
        + "l.rating, l.review_count, l.amenities, l.payment_mode, l.booking_mode";

    private static readonly Guid Greatest = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <param name="after">The last stay of the page before; null for the first page.</param>
    public async Task<ListingsFound> ExecuteAsync(ListingSearch search, SearchCursor? after, int limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var count = limit + 1;
        var worst = WorstOfPage.IsNeededFor(search) ? await WorstOfPage.ReadAsync(db, search, scale, now, after, count, cancellationToken) : null;
        var rows = await ReadAsync(worst);
        if (worst is not null && rows.Count < count)
        {
            // Somebody has booked one of those meanwhile: the page would end where there is more.
            rows = await ReadAsync(worst: null);
        }

        return new ListingsFound(
            [.. rows.Take(limit).Select(row => row.Listing)],
            rows.Count > limit ? rows[limit - 1].Cursor.Write(cursors, search, scale) : null);

        Task<List<(ListingSummary Listing, SearchCursor Cursor)>> ReadAsync(long? worst) =>
            db.ReadAsync([PageOf(search, now, after, count, worst)], reader => reader.RowsAsync(Read, cancellationToken), cancellationToken);
    }

    private SqlStatement PageOf(ListingSearch search, DateTimeOffset now, SearchCursor? after, int count, long? worst)
    {
        var sql = new SearchSql(search, scale, now);
        var found = search is { IsByPrice: true, HasDates: false, Place: null } ? ByPriceOfANight(sql, search, after, count) : InOneOrder(sql, search, after, count, worst);
        // What a page shows of its few stays is read once they are known.
        var total = search.HasDates ? sql.TotalOf("l") : "NULL::bigint";
        var direction = Direction(search);
        return sql.Statement($"""
            SELECT {Columns}, l.key, l.centre_latitude, l.centre_longitude, {total},
                (SELECT photo.id FROM listing_photos photo WHERE photo.listing_id = l.id AND photo.position = 0)
            FROM ({found}) l
            ORDER BY {(search.Sort == SearchSort.Newest ? "" : $"l.key {direction}, ")}l.id {direction}
            """);
    }

    private static string InOneOrder(SearchSql sql, ListingSearch search, SearchCursor? after, int count, long? worst)
    {
        var (key, direction) = (sql.Key(), Direction(search));
        var conditions = sql.AllConditions(aPlace: "called.place").Append(sql.Behind(key, after)).Append(WorstOfPage.NoneWorse(sql, search, after, worst));
        var needsTotal = search.HasDates && (search.IsByPrice || search.MinPrice is not null || search.MaxPrice is not null);
        var isFar = search.Sort == SearchSort.Distance;
        var centre = isFar ? sql.Centre(after) + " CROSS JOIN " : "";
        var found = $"""
            SELECT {Columns}{(search.HasDates ? ", " + StayTotalSql.Columns : "")}, {key ?? "0::bigint"} AS key,
                {(isFar ? "centre.latitude" : "0::float8")} AS centre_latitude, {(isFar ? "centre.longitude" : "0::float8")} AS centre_longitude
            FROM {(search.Place is null ? centre : "")}{(needsTotal ? sql.ListingsWithTotal() : "listings l")}
            WHERE {string.Join(" AND ", conditions.OfType<string>())}
            ORDER BY {(key is null ? "" : $"{key} {direction}, ")}l.id {direction}
            LIMIT {count}
            """;
        // Of each place the first ones: nobody knows how many stays the places have, and PostgreSQL would look for them among those of all the world.
        return search.Place is null
            ? found
            : $"""
              SELECT l.* FROM {centre}unnest((SELECT places FROM asked)) called (place) CROSS JOIN LATERAL ({found}) l
              ORDER BY {(key is null ? "" : $"l.key {direction}, ")}l.id {direction}
              LIMIT {count}
              """;
    }

    /// <summary>Those of each currency in the order that an index has them in, and the first of all of them.</summary>
    private string ByPriceOfANight(SearchSql sql, ListingSearch search, SearchCursor? after, int count)
    {
        var conditions = string.Join(" AND ", sql.AllConditions(priced: false).OfType<string>());
        var direction = Direction(search);
        var branches = Currencies.All.Select(currency => $"""
            (SELECT {Columns}, {sql.ComparedPrice()} AS key, 0::float8 AS centre_latitude, 0::float8 AS centre_longitude
            FROM listings l
            WHERE {conditions} AND l.currency = '{currency}'{sql.PricedIn(currency)}{Behind(currency)}
            ORDER BY l.price_per_night_minor_units {direction}, l.id {direction}
            LIMIT {count})
            """);
        return $"{string.Join(" UNION ALL ", branches)} ORDER BY key {direction}, id {direction} LIMIT {count}";

        string Behind(string currency)
        {
            if (after is not { } last)
            {
                return "";
            }

            // The last price may be none that this currency has. Then all of its neighbours are on one side.
            var below = scale.NotAbove(last.Key, currency);
            var has = scale.Of(new Money(below, currency)) == last.Key;
            return search.IsDescending
                ? $" AND (l.price_per_night_minor_units, l.id) < ({sql.Value(has ? below : below + 1)}, {sql.Value(has ? last.Id : Guid.Empty)})"
                : $" AND (l.price_per_night_minor_units, l.id) > ({sql.Value(below)}, {sql.Value(has ? last.Id : Greatest)})";
        }
    }

    private static string Direction(ListingSearch search) => search.IsDescending ? "DESC" : "ASC";

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
