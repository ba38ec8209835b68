using System.Globalization;
using System.Text.Json;
using Travel.Contracts.Listings;

namespace Travel.Api.Search;

/// <summary>In which order stays are shown. Each order ends with the id, so that no two stays share a place in it.</summary>
internal enum SearchSort { Newest, Relevance, Price, PriceDescending, Rating, Distance }

/// <summary>What a guest asks for. All parts are optional and narrow it together; what they mean is in docs/search.md.</summary>
/// <param name="Guests">The place takes them; the price of a stay is for as many.</param>
/// <param name="MinPrice">In minor units of <see cref="Currency"/>: of the stay with dates, else of a night.</param>
/// <param name="MaxPrice">See <see cref="MinPrice"/>.</param>
/// <param name="Amenities">All of them; in order, each once.</param>
/// <param name="Bedrooms">At least.</param>
internal sealed record ListingSearch(
    string? Q,
    string? Place,
    DateOnly? CheckIn,
    DateOnly? CheckOut,
    int? Guests,
    long? MinPrice,
    long? MaxPrice,
    string Currency,
    IReadOnlyList<string> Amenities,
    ListingType? Type,
    decimal? MinRating,
    int? Bedrooms,
    SearchBox? Box,
    SearchSort Sort)
{
    public static ListingSearch Everything { get; } = new(
        Q: null, Place: null, CheckIn: null, CheckOut: null, Guests: null, MinPrice: null, MaxPrice: null, Contracts.Currencies.EthiopianBirr, Amenities: [],
        Type: null, MinRating: null, Bedrooms: null, Box: null, SearchSort.Newest);

    public bool HasDates => CheckIn is not null;

    /// <summary>Has bounds of the price.</summary>
    public bool IsPriced => MinPrice is not null || MaxPrice is not null;

    public bool IsByPrice => Sort is SearchSort.Price or SearchSort.PriceDescending;

    public bool IsDescending => Sort is not (SearchSort.Price or SearchSort.Distance);

    /// <summary>The question in one form, however it was asked: who asks the same gets the same answer.</summary>
    public string Canonical => string.Join('&', Parts().Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));

    private IEnumerable<(string Name, string? Value)> Parts() =>
    [
        ("q", Q),
        ("place", Place),
        ("checkIn", CheckIn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("checkOut", CheckOut?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("guests", Guests?.ToString(CultureInfo.InvariantCulture)),
        ("minPrice", MinPrice?.ToString(CultureInfo.InvariantCulture)),
        ("maxPrice", MaxPrice?.ToString(CultureInfo.InvariantCulture)),
        ("currency", Currency),
        ("amenities", Amenities.Count > 0 ? string.Join(',', Amenities) : null),
        ("type", Type is { } type ? JsonNamingPolicy.CamelCase.ConvertName(type.ToString()) : null),
        ("minRating", MinRating?.ToString("0.##", CultureInfo.InvariantCulture)),
        ("bedrooms", Bedrooms?.ToString(CultureInfo.InvariantCulture)),
        ("bbox", Box?.ToString()),
        ("sort", Sort.ToString()),
    ];
}

/// <summary>Degrees, WGS 84. One whose west is east of its east lies across the date line.</summary>
internal sealed record SearchBox(double West, double South, double East, double North)
{
    public bool CrossesDateLine => West > East;

    public Spot Centre => new((South + North) / 2, CrossesDateLine ? Wrapped((West + East + 360) / 2) : (West + East) / 2);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{West:R},{South:R},{East:R},{North:R}");

    private static double Wrapped(double longitude) => longitude > 180 ? longitude - 360 : longitude;
}

/// <summary>A point on earth.</summary>
internal sealed record Spot(double Latitude, double Longitude);
