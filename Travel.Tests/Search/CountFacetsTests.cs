using Travel.Api.Search;
using Travel.Contracts.Listings;
using Travel.Contracts.Search;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Search;

[Collection(DatabaseServer.Collection)]
public sealed class CountFacetsTests(SearchHouse house) : IClassFixture<SearchHouse>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await house.EmptyAsync();
        await house.AddAsync([house.New(), house.New(), house.New(type: ListingType.Lodge)], []);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Counting_stops_where_it_would_take_too_long_and_says_so()
    {
        var facets = await house.CountAsync(ListingSearch.Everything, most: 1);

        facets.Complete.ShouldBeFalse();
        facets.Count.ShouldBe(2);
        (await house.CountAsync(ListingSearch.Everything, most: 3)).Complete.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_filter_leaves_out_but_is_counted_beside_it_has_to_be_looked_at_too()
    {
        var lodges = ListingSearch.Everything with { Type = ListingType.Lodge };

        (await house.CountAsync(lodges, most: 3)).ShouldSatisfyAllConditions(
            facets => facets.Complete.ShouldBeTrue(),
            facets => facets.Count.ShouldBe(1),
            facets => facets.Types.ShouldBe([new FacetCount("house", 2), new FacetCount("lodge", 1)]));
        (await house.CountAsync(lodges, most: 2)).Complete.ShouldBeFalse();
    }
}
