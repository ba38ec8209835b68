using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts;
using Travel.Contracts.Search;

namespace Travel.Api.Search;

internal static class SearchExamples
{
    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new ListingsFound(
            [ListingExamples.Summary],
            Next: null,
            new SearchFacets(
                Count: 1,
                Complete: true,
                [new("house", 1), new("lodge", 3)],
                [new("garden", 1), new("lakeView", 1), new("wifi", 1)],
                [new("1", 4), new("2", 1)],
                [new("3", 1), new("3.5", 1), new("4", 1), new("4.5", 1)],
                new PriceRange(new Money(405_000, Currencies.EthiopianBirr), new Money(980_000, Currencies.EthiopianBirr))))),
        Example.PageOf(new PlaceFound("Bahir Dar", "Amhara", "Ethiopia", PlaceKind.City, 11.5936, 37.3908, Stays: 48)),
    ];
}
