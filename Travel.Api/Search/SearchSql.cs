using Travel.Contracts;
using Travel.Domain;

namespace Travel.Api.Search;

/// <summary>The parts of the statements that find and count stays. What a guest wrote gets into them as parameters only.</summary>
internal sealed class SearchSql
{
    /// <summary>The order of the index <c>published_listings_rating</c>: the better ones first, of equals those with more reviews.</summary>
    private const string RatingKey = "((coalesce(l.rating, 0) * 100)::bigint * 4294967296 + l.review_count)";

    /// <summary>As in the indexes <c>published_listings_least_…</c>.</summary>
    private const string LeastNight = "least(l.price_per_night_minor_units, l.weekend_price_minor_units, l.lowest_season_minor_units)";

    /// <summary>As in the indexes <c>published_listings_most_…</c>.</summary>
    private const string MostNight =
        """
        greatest(l.price_per_night_minor_units, l.weekend_price_minor_units, l.highest_season_minor_units) + l.cleaning_fee_minor_units
            + l.extra_guest_fee_minor_units * greatest(0, l.max_guests - coalesce(l.included_guests, l.max_guests))
        """;

    /// <summary>Along a great circle of the mean earth: the haversine formula.</summary>
    private const string Millimetres =
        """
        (2 * 6371008771.4 * asin(least(1, sqrt(
            sin(radians(l.latitude - centre.latitude) / 2) ^ 2
            + cos(radians(centre.latitude)) * cos(radians(l.latitude)) * sin(radians(l.longitude - centre.longitude) / 2) ^ 2))))::bigint
        """;

    private readonly ListingSearch search;
    private readonly SearchMeaning meaning;
    private readonly PriceScale scale;
    private readonly DateTimeOffset now;
    private readonly List<object> values = [];
    private readonly string? checkIn;
    private readonly string? checkOut;
    private readonly string? nights;
    private readonly string? words;
    private readonly string text;

    public SearchSql(ListingSearch search, SearchMeaning meaning, PriceScale scale, DateTimeOffset now)
    {
        (this.search, this.meaning, this.scale, this.now) = (search, meaning, scale, now);
        if (search is { CheckIn: { } from, CheckOut: { } to })
        {
            (checkIn, checkOut, nights) = (Value(from), Value(to), Value(to.DayNumber - from.DayNumber));
        }

        if (meaning.Words is { } query)
        {
            words = $"{Value(query)}::tsquery";
        }

        // Of the few in a place each is looked at for its words; else these have an index, where the listings have all that is asked of them.
        text = search is { Place: null, Box: null } ? "l" : "text";
    }

    /// <summary>What <see cref="Conditions"/> are of.</summary>
    public string Listings => (words, text) switch
    {
        (null, _) => "published_listings l",
        (_, "l") => "listings l",
        _ => $"published_listings l JOIN listings {text} ON {text}.id = l.id",
    };

    /// <summary>What this stay costs in each of them. OFFSET 0 keeps it from being reckoned wherever it is spoken of.</summary>
    public string Total => $" CROSS JOIN LATERAL (SELECT {TotalOf("l")} AS total OFFSET 0) stay";

    public string ListingsWithPrice => search.HasDates ? Listings + Total : Listings;

    /// <summary>What was asked for at least, on the scale of all currencies.</summary>
    public long? Lowest => search.MinPrice is { } min ? scale.Of(new Money(min, search.Currency)) : null;

    public long? Highest => search.MaxPrice is { } max ? scale.Of(new Money(max, search.Currency)) : null;

    private int Nights => search.CheckOut!.Value.DayNumber - search.CheckIn!.Value.DayNumber;

    /// <summary>What a night costs where that is in this currency, else null: as in the indexes <c>published_listings_night_…</c>.</summary>
    public static string NightIn(string currency) => In(currency, "l.price_per_night_minor_units");

    /// <summary>What the stay costs, or a night without dates, on the scale of all currencies.</summary>
    public string ComparedPrice()
    {
        var price = search.HasDates ? "stay.total" : "l.price_per_night_minor_units";
        return $"{price} * CASE l.currency WHEN '{Currencies.UsDollar}' THEN {Value(scale.OneDollarCent)} ELSE {Value(PriceScale.OneSantim)} END";
    }

    public string TotalOf(string listing) => StayTotalSql.Of(listing, checkIn!, checkOut!, nights!, Value(search.Guests ?? 1));

    public string Value(object value)
    {
        values.Add(value);
        return $"${values.Count}";
    }

    public SqlStatement Statement(string text) => new(text, values);

    /// <summary>All but what <see cref="OfType"/> and its like say, and whether the nights are free.</summary>
    public IEnumerable<string> Conditions()
    {
        if (words is not null)
        {
            yield return $"{text}.status = 'Published' AND {text}.words @@ {words}";
        }

        if (meaning.Places is { } places)
        {
            yield return Among(places, "l.place");
        }

        if (search.Box is { } box)
        {
            yield return box.CrossesDateLine
                ? $"({Within(box with { East = 180 })} OR {Within(box with { West = -180 })})"
                : Within(box);
        }

        if (search.Guests is { } guests)
        {
            yield return $"l.max_guests >= {Value(guests)}";
        }

        if (search.HasDates)
        {
            yield return $"l.min_nights <= {nights} AND l.max_nights >= {nights}";
            if (search.CheckIn < TodayAnywhere.Latest(now))
            {
                yield return $"({Value(now)} AT TIME ZONE l.time_zone)::date <= {checkIn}";
            }
        }

        if (search.Amenities.Count > 0)
        {
            yield return $"l.amenities @> {Value(search.Amenities.ToArray())}";
        }
    }

    /// <summary>All but the price and whether the nights are free.</summary>
    public IEnumerable<string?> Filters() => [.. Conditions(), OfType(), WithBedrooms(), Rated()];

    /// <summary>
    /// As values instead of joins: whoever wants twenty of a hundred thousand listings asks for twenty, and not for all that are taken.
    /// </summary>
    public IEnumerable<string> Free()
    {
        if (search.HasDates)
        {
            yield return $"""
                coalesce((SELECT season.min_nights <= {nights} FROM listing_seasons season
                    WHERE season.listing_id = l.id AND season.min_nights > 1 AND season.to_on > {checkIn} AND season.from_on <= {checkIn}), true)
                """;
            yield return $"""
                coalesce((SELECT false FROM occupancies taken
                    WHERE taken.listing_id = l.id AND taken.active AND upper(taken.stay) > {checkIn} AND lower(taken.stay) < {checkOut} LIMIT 1), true)
                """;
        }
    }

    public string? OfType() => search.Type is { } type ? $"l.type = {Value(type.ToString())}" : null;

    public string? WithBedrooms() => search.Bedrooms is { } bedrooms ? $"l.bedrooms >= {Value(bedrooms)}" : null;

    public string? Rated() => search.MinRating is { } rating ? $"l.rating >= {Value(rating)}" : null;

    /// <summary>What a night costs there, or the stay, is within what was asked for.</summary>
    public string? Priced() => search switch
    {
        { IsPriced: false } => null,
        { HasDates: true } => And(
            Lowest is { } least ? $"{ComparedPrice()} >= {Value(least)}" : null,
            Highest is { } most ? $"{ComparedPrice()} <= {Value(most)}" : null),
        _ => InSomeCurrency(currency => And(
            Lowest is { } least ? $"{NightIn(currency)} >= {Value(scale.NotBelow(least, currency))}" : null,
            Highest is { } most ? $"{NightIn(currency)} <= {Value(scale.NotAbove(most, currency))}" : null)),
    };

    /// <summary>What the stay costs may be within that: only of these it has to be reckoned.</summary>
    public string? CanBePriced() => search is { HasDates: true, IsPriced: true } ? CanBeBetween(Lowest, Highest) : null;

    /// <summary>Those whose stay may cost so much, on the scale of all currencies: indexes know what a night there costs at least and at most.</summary>
    public string CanBeBetween(long? lowest, long? highest) => InSomeCurrency(currency => And(
        highest is null ? null : $"{In(currency, LeastNight)} <= {Value(OfANight(highest.Value, currency))}",
        lowest is null ? null : $"{In(currency, MostNight)} >= {Value(OfANight(lowest.Value, currency))}"));

    /// <summary>Of what a stay costs, on the scale of all currencies: the share of a night in this one, rounded down.</summary>
    public long OfANight(long total, string currency) => scale.NotAbove(total / Nights, currency);

    /// <summary>Those behind the last one of the page before.</summary>
    public string? Behind(string? key, SearchCursor? after) => (after, key) switch
    {
        (null, _) => null,
        ({ } last, null) => $"l.id < {Value(last.Id)}",
        ({ } last, _) => $"({key}, l.id) {(search.IsDescending ? "<" : ">")} ({Value(last.Key)}, {Value(last.Id)})",
    };

    /// <summary>What the stays are ordered by before their id, a whole number; null where the id is all.</summary>
    public string? Key() => search.Sort switch
    {
        SearchSort.Newest => null,
        SearchSort.Rating => RatingKey,
        SearchSort.Relevance => $"(ts_rank({text}.words, {words}) * 1000000)::bigint",
        SearchSort.Distance => Millimetres,
        _ => ComparedPrice(),
    };

    /// <summary>Where distances are measured from, as a table of one row.</summary>
    public string Centre(SearchCursor? after) => (after?.Centre ?? search.Box?.Centre) is { } centre
        ? $"(SELECT {Value(centre.Latitude)} AS latitude, {Value(centre.Longitude)} AS longitude) centre"
        : $"""
          (SELECT sum(latitude * stays) / sum(stays) AS latitude,
              degrees(atan2(sum(sin(radians(longitude)) * stays), sum(cos(radians(longitude)) * stays))) AS longitude
          FROM places WHERE {Among(meaning.Places!, "key")}) centre
          """;

    /// <param name="key">Of a place, in the order of its bytes.</param>
    private string Among(PlaceRange[] places, string key)
    {
        var (ones, more) = (places.Where(IsOne).Select(range => range.First).ToArray(), places.Where(range => !IsOne(range)));
        var conditions = more.Select(range => $"{key} BETWEEN {Value(range.First)} AND {Value(range.Last)}").Append(ones switch
        {
            [] => null,
            // Of one place an index has the stays in their order.
            [var one] => $"{key} = {Value(one)}",
            _ => $"{key} = ANY ({Value(ones)})",
        });
        return places.Length > 0 ? $"({string.Join(" OR ", conditions.OfType<string>())})" : "false";

        static bool IsOne(PlaceRange range) => string.Equals(range.First, range.Last, StringComparison.Ordinal);
    }

    private static string In(string currency, string price) => $"CASE l.currency WHEN '{currency}' THEN {price} END";

    private static string InSomeCurrency(Func<string, string> condition) => $"({string.Join(" OR ", Currencies.All.Select(condition))})";

    private static string And(params string?[] conditions) => $"({string.Join(" AND ", conditions.OfType<string>())})";

    private string Within(SearchBox box) =>
        $"point(l.longitude, l.latitude) <@ box(point({Value(box.West)}, {Value(box.South)}), point({Value(box.East)}, {Value(box.North)}))";
}
