using Travel.Contracts;
using Travel.Domain;

namespace Travel.Api.Search;

/// <summary>The parts of the statements that find and count stays. What a guest wrote gets into them as parameters only.</summary>
internal sealed class SearchSql
{
    /// <summary>The order of the index <c>listings_rating</c>: the better ones first, of equals those with more reviews.</summary>
    private const string RatingKey = "((coalesce(l.rating, 0) * 100)::bigint * 4294967296 + l.review_count)";

    /// <summary>As in the index <c>listings_least_night</c>.</summary>
    private const string LeastNight = "least(l.price_per_night_minor_units, l.weekend_price_minor_units, l.lowest_season_minor_units)";

    /// <summary>As in the index <c>listings_most_night</c>.</summary>
    private const string MostNight =
        """
        (greatest(l.price_per_night_minor_units, l.weekend_price_minor_units, l.highest_season_minor_units) + l.cleaning_fee_minor_units
            + l.extra_guest_fee_minor_units * greatest(0, l.max_guests - coalesce(l.included_guests, l.max_guests)))
        """;

    /// <summary>Along a great circle of the mean earth: the haversine formula.</summary>
    private const string Millimetres =
        """
        (2 * 6371008771.4 * asin(least(1, sqrt(
            sin(radians(l.latitude - centre.latitude) / 2) ^ 2
            + cos(radians(centre.latitude)) * cos(radians(l.latitude)) * sin(radians(l.longitude - centre.longitude) / 2) ^ 2))))::bigint
        """;

    private readonly ListingSearch search;
    private readonly PriceScale scale;
    private readonly DateTimeOffset now;
    private readonly List<object> values = [];
    private readonly List<string> asked = [];
    private readonly string? checkIn;
    private readonly string? checkOut;
    private readonly string? nights;

    public SearchSql(ListingSearch search, PriceScale scale, DateTimeOffset now)
    {
        (this.search, this.scale, this.now) = (search, scale, now);
        if (search is { CheckIn: { } from, CheckOut: { } to })
        {
            (checkIn, checkOut, nights) = (Value(from), Value(to), Value(to.DayNumber - from.DayNumber));
        }

        if (search.Q is { } q)
        {
            asked.Add($"words_meant({Value(q)}) AS words");
        }

        if (search.Place is { } place)
        {
            asked.Add($"places_called({Value(place)}) AS places");
        }
    }

    /// <summary>What a listing costs, in minor units of its currency: the stay with dates, else a night.</summary>
    public string Price => search.HasDates ? "stay.total" : "l.price_per_night_minor_units";

    /// <summary>The same on the scale of all currencies.</summary>
    public string ComparedPrice() => $"{Price} * CASE l.currency WHEN '{Currencies.UsDollar}' THEN {Value(scale.OneDollarCent)} ELSE {Value(PriceScale.OneSantim)} END";

    /// <summary>The listings, each with what this stay costs in it. OFFSET 0 keeps it from being reckoned wherever it is spoken of.</summary>
    public string ListingsWithTotal() => $"listings l CROSS JOIN LATERAL (SELECT {TotalOf("l")} AS total OFFSET 0) stay";

    public string ListingsWithPrice() => search.HasDates ? ListingsWithTotal() : "listings l";

    public string TotalOf(string listing) => StayTotalSql.Of(listing, checkIn!, checkOut!, nights!, Value(search.Guests ?? 1));

    /// <summary>What was asked for at least, on the scale of all currencies.</summary>
    public long? Lowest => search.MinPrice is { } min ? scale.Of(new Money(min, search.Currency)) : null;

    public long? Highest => search.MaxPrice is { } max ? scale.Of(new Money(max, search.Currency)) : null;

    private int Nights => search.CheckOut!.Value.DayNumber - search.CheckIn!.Value.DayNumber;

    public string Value(object value)
    {
        values.Add(value);
        return $"${values.Count}";
    }

    /// <param name="text">Without the words and the place that were asked for, which are put before it: they are looked up once.</param>
    public SqlStatement Statement(string text) =>
        new(asked.Count > 0 ? $"WITH asked AS MATERIALIZED (SELECT {string.Join(", ", asked)})\n{text}" : text, values);

    /// <summary>All but what <see cref="OfType"/> and its like say.</summary>
    /// <param name="aPlace">What the listings' place is, where each place is asked by itself.</param>
    public IEnumerable<string> Conditions(string? aPlace = null)
    {
        yield return "l.status = 'Published'";
        if (search.Q is not null)
        {
            yield return "l.words @@ (SELECT words FROM asked)";
        }

        if (search.Place is not null)
        {
            yield return $"l.place = {aPlace ?? "ANY ((SELECT places FROM asked)::text[])"}";
        }

        if (search.Box is { } box)
        {
            yield return box.CrossesDateLine
                ? $"({Within(box with { East = 180 })} OR {Within(box with { West = -180 })})"
                : Within(box);
        }

        if (search.Amenities.Count > 0)
        {
            yield return $"l.amenities @> {Value(search.Amenities.ToArray())}";
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

            // As values instead of joins: whoever wants twenty of a hundred thousand listings asks for twenty, and not for all that are taken.
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

    /// <inheritdoc cref="Conditions"/>
    public IEnumerable<string?> AllConditions(bool priced = true, string? aPlace = null) =>
        [.. Conditions(aPlace), OfType(), WithBedrooms(), Rated(), priced ? Priced() : null];

    public string? OfType() => search.Type is { } type ? $"l.type = {Value(type.ToString())}" : null;

    public string? WithBedrooms() => search.Bedrooms is { } bedrooms ? $"l.bedrooms >= {Value(bedrooms)}" : null;

    public string? Rated() => search.MinRating is { } rating ? $"l.rating >= {Value(rating)}" : null;

    public string? Priced() => search.MinPrice is null && search.MaxPrice is null
        ? null
        : $"({string.Join(" OR ", Currencies.All.Select(currency => $"(l.currency = '{currency}'{PricedIn(currency)})"))})";

    /// <summary>Bounds in the listings' own currency, which an index knows.</summary>
    public string PricedIn(string currency)
    {
        var (lowest, highest) = (Lowest, Highest);
        return (lowest is null ? "" : $" AND {Price} >= {Value(scale.NotBelow(lowest.Value, currency))}")
            + (highest is null ? "" : $" AND {Price} <= {Value(scale.NotAbove(highest.Value, currency))}")
            + (search.HasDates ? CanBeBetween(lowest, highest, currency) : "");
    }

    /// <summary>
    /// Of the listings in this currency those whose stay may cost so much, on the scale of all currencies: an index knows what a night there
    /// costs at least and at most, and only of these the price has to be reckoned.
    /// </summary>
    public string CanBeBetween(long? lowest, long? highest, string currency) =>
        (highest is null ? "" : $" AND {LeastNight} <= {Value(scale.NotAbove(highest.Value / Nights, currency))}")
        + (lowest is null ? "" : $" AND {MostNight} >= {Value(scale.NotAbove(lowest.Value / Nights, currency))}");

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
        SearchSort.Relevance => "(ts_rank(l.words, (SELECT words FROM asked)) * 1000000)::bigint",
        SearchSort.Distance => Millimetres,
        _ => ComparedPrice(),
    };

    /// <summary>Where distances are measured from, as a table of one row.</summary>
    public string Centre(SearchCursor? after) => (after?.Centre ?? search.Box?.Centre) is { } centre
        ? $"(SELECT {Value(centre.Latitude)} AS latitude, {Value(centre.Longitude)} AS longitude) centre"
        : """
          (SELECT sum(latitude * stays) / sum(stays) AS latitude,
              degrees(atan2(sum(sin(radians(longitude)) * stays), sum(cos(radians(longitude)) * stays))) AS longitude
          FROM places WHERE key = ANY ((SELECT places FROM asked)::text[])) centre
          """;

    private string Within(SearchBox box) =>
        $"point(l.longitude, l.latitude) <@ box(point({Value(box.West)}, {Value(box.South)}), point({Value(box.East)}, {Value(box.North)}))";
}
