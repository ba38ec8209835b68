using System.Globalization;
using System.Text.Json;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Api.Search;

/// <summary>The query string of the list, as it comes.</summary>
internal sealed record SearchParameters(
    string? Q,
    string? Place,
    DateOnly? CheckIn,
    DateOnly? CheckOut,
    int? Guests,
    string? MinPrice,
    string? MaxPrice,
    string? Currency,
    string? Amenities,
    string? Type,
    string? MinRating,
    int? Bedrooms,
    string? Bbox,
    string? Sort,
    bool? Facets,
    int? Limit,
    string? Cursor)
{
    public const int LongestText = 100;
    public const int MostBedrooms = 50;

    public static IReadOnlyDictionary<string, SearchSort> Sorts { get; } = new Dictionary<string, SearchSort>(StringComparer.Ordinal)
    {
        ["price"] = SearchSort.Price,
        ["-price"] = SearchSort.PriceDescending,
        ["rating"] = SearchSort.Rating,
        ["newest"] = SearchSort.Newest,
        ["distance"] = SearchSort.Distance,
        ["relevance"] = SearchSort.Relevance,
    };

    private static readonly Dictionary<string, ListingType> Types =
        Enum.GetValues<ListingType>().ToDictionary(type => JsonNamingPolicy.CamelCase.ConvertName(type.ToString()), StringComparer.Ordinal);

    /// <summary>What is asked; what is wrong with it goes into <paramref name="errors"/>.</summary>
    public ListingSearch Read(DateTimeOffset now, Dictionary<string, string[]> errors)
    {
        ReadDates(now, errors);
        if (Guests is < 1 or > ListingRules.MostGuests)
        {
            errors["guests"] = [$"Between 1 and {ListingRules.MostGuests} guests."];
        }

        if (Bedrooms is < 0 or > MostBedrooms)
        {
            errors["bedrooms"] = [$"Between 0 and {MostBedrooms} bedrooms."];
        }

        var (words, place) = (TextOf("q", Q, errors), TextOf("place", Place, errors));
        var currency = Currency ?? Currencies.EthiopianBirr;
        if (!Currencies.IsKnown(currency))
        {
            errors["currency"] = [$"One of {string.Join(", ", Currencies.All)}."];
        }

        var (minPrice, maxPrice) = (AmountOf("minPrice", MinPrice, currency, errors), AmountOf("maxPrice", MaxPrice, currency, errors));
        if (minPrice > maxPrice)
        {
            errors["maxPrice"] = ["Not below minPrice."];
        }

        var box = BoxOf(Bbox, errors);
        return new ListingSearch(
            words, place, CheckIn, CheckOut, Guests, minPrice, maxPrice, currency, AmenitiesOf(Amenities, errors),
            OneOf("type", Type, Types, errors), RatingOf(MinRating, errors), Bedrooms, box, SortOf(words, place, box, errors));
    }

    /// <summary>Text that says nothing asks for nothing: forms send their empty fields too.</summary>
    internal static string? TextOf(string field, string? text, Dictionary<string, string[]> errors)
    {
        if (text?.Length > LongestText)
        {
            errors[field] = [$"At most {LongestText} characters."];
        }
        else if (text?.Contains('\0', StringComparison.Ordinal) == true)
        {
            errors[field] = ["Is not text."];
        }

        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    private void ReadDates(DateTimeOffset now, Dictionary<string, string[]> errors)
    {
        if (CheckIn is { } checkIn && CheckOut is { } checkOut)
        {
            // West of the date line it is still yesterday: no date that is today anywhere is past.
            foreach (var (field, messages) in StayRequest.DateErrors(checkIn, checkOut, TodayAnywhere.Earliest(now)))
            {
                errors[field] = messages;
            }
        }
        else if (CheckIn is not null)
        {
            errors["checkOut"] = ["Check-out is missing."];
        }
        else if (CheckOut is not null)
        {
            errors["checkIn"] = ["Check-in is missing."];
        }
    }

    private static long? AmountOf(string field, string? text, string currency, Dictionary<string, string[]> errors)
    {
        if (text is null || !Currencies.IsKnown(currency))
        {
            return null;
        }

        if (!Money.TryParse(text, currency, out var money) || money.MinorUnits is < 0 or > ListingRates.HighestAmountMinorUnits * 1000)
        {
            errors[field] = ["Is not an amount like 1250.00."];
            return null;
        }

        return money.MinorUnits;
    }

    private static List<string> AmenitiesOf(string? text, Dictionary<string, string[]> errors)
    {
        var names = text?.Split(',') ?? [];
        var unknown = names.Where(name => !Domain.Listings.Amenities.All.Contains(name)).Take(5).ToList();
        if (unknown.Count > 0)
        {
            errors["amenities"] = [$"Unknown: {string.Join(", ", unknown)}. Known are {string.Join(", ", Domain.Listings.Amenities.All.Order(StringComparer.Ordinal))}."];
        }

        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static decimal? RatingOf(string? text, Dictionary<string, string[]> errors)
    {
        if (text is null)
        {
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rating) || rating is < 1 or > 5 || rating.Scale > 2)
        {
            errors["minRating"] = ["Between 1 and 5, such as 4.5."];
        }

        return rating;
    }

    private static SearchBox? BoxOf(string? text, Dictionary<string, string[]> errors)
    {
        if (text is null)
        {
            return null;
        }

        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        var degrees = text.Split(',')
            .Select(part => double.TryParse(part, Plain, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .ToList();
        if (degrees is [>= -180 and <= 180 and var west, >= -90 and <= 90 and var south, >= -180 and <= 180 and var east, >= -90 and <= 90 and var north] && south <= north)
        {
            return new SearchBox(west, south, east, north);
        }

        errors["bbox"] = ["Is not west,south,east,north in degrees."];
        return null;
    }

    private SearchSort SortOf(string? words, string? place, SearchBox? box, Dictionary<string, string[]> errors)
    {
        var sort = OneOf("sort", Sort, Sorts, errors);
        if (sort == SearchSort.Relevance && words is null)
        {
            errors["sort"] = ["Relevance to what? It needs q."];
        }
        else if (sort == SearchSort.Distance && place is null && box is null)
        {
            errors["sort"] = ["Distance from where? It needs place or bbox."];
        }

        return sort ?? (words is null ? SearchSort.Newest : SearchSort.Relevance);
    }

    private static T? OneOf<T>(string field, string? text, IReadOnlyDictionary<string, T> known, Dictionary<string, string[]> errors)
        where T : struct
    {
        if (text is null)
        {
            return null;
        }

        if (known.TryGetValue(text, out var value))
        {
            return value;
        }

        errors[field] = [$"One of {string.Join(", ", known.Keys)}."];
        return null;
    }
}
