using Travel.Contracts.Listings;

namespace Travel.Contracts.Search;

/// <summary>One page of the stays that were found.</summary>
/// <param name="Next">Opaque cursor of the next page; null on the last one. It belongs to this very question: with other filters or another order it is refused.</param>
/// <param name="Facets">Null when they were not asked for.</param>
public sealed record ListingsFound(IReadOnlyList<ListingSummary> Items, string? Next, SearchFacets? Facets = null);

/// <summary>
/// How many stays there would be with another choice: of each filter, with all other filters as they are. Values that nothing has are left out.
/// </summary>
/// <param name="Count">All stays that were found, on all pages.</param>
/// <param name="Complete">False when more stays were to be looked at than are counted: then there are at least as many as each number says.</param>
/// <param name="Types">By type.</param>
/// <param name="Amenities">Of those found, how many have this as well.</param>
/// <param name="Bedrooms">With at least as many, 1 to 5.</param>
/// <param name="Ratings">Rated at least so: 3, 3.5, 4 and 4.5.</param>
/// <param name="Price">From the lowest to the highest price, whatever prices were asked for; null when there are no stays.</param>
public sealed record SearchFacets(
    int Count,
    bool Complete,
    IReadOnlyList<FacetCount> Types,
    IReadOnlyList<FacetCount> Amenities,
    IReadOnlyList<FacetCount> Bedrooms,
    IReadOnlyList<FacetCount> Ratings,
    PriceRange? Price);

/// <param name="Value">As the filter takes it.</param>
public sealed record FacetCount(string Value, int Count);

/// <summary>In the currency of the question, prices in other ones converted. With dates all-in prices of the stay, else of a night.</summary>
public sealed record PriceRange(Money Lowest, Money Highest);

public enum PlaceKind { City, Region, Country }

/// <summary>A place with stays to be found.</summary>
/// <param name="Name">Of the city, the region or the country.</param>
/// <param name="Region">Of a city that has one.</param>
/// <param name="Latitude">Degrees north, WGS 84: where its stays are on average.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
/// <param name="Stays">How many there are.</param>
public sealed record PlaceFound(string Name, string? Region, string Country, PlaceKind Kind, double Latitude, double Longitude, int Stays);
