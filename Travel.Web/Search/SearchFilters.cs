namespace Travel.Web.Search;

/// <summary>What narrows a search beside place, dates and guests, as typed.</summary>
public sealed record SearchFilters(
    string? MinPrice = null,
    string? MaxPrice = null,
    string? Currency = null,
    string? Type = null,
    string? Bedrooms = null,
    string? MinRating = null,
    IReadOnlyList<string>? Amenities = null)
{
    /// <summary>The names of the fields, in forms, addresses and the Api's errors.</summary>
    internal static IReadOnlyList<string> Fields { get; } = ["minPrice", "maxPrice", "currency", "type", "bedrooms", "minRating", "amenities"];

    /// <summary>How many of them are set; the currency alone narrows nothing.</summary>
    internal int Count => All.Count(filter => filter.Name != "currency" && !string.IsNullOrWhiteSpace(filter.Value));

    internal bool Has(string amenity) => Amenities?.Contains(amenity, StringComparer.Ordinal) == true;

    internal (string Name, string? Value)[] All =>
    [
        ("minPrice", MinPrice), ("maxPrice", MaxPrice), ("currency", Currency), ("type", Type), ("bedrooms", Bedrooms),
        ("minRating", MinRating), ("amenities", Amenities is { Count: > 0 } ? string.Join(',', Amenities) : null),
    ];
}
