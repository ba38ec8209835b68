using Microsoft.EntityFrameworkCore;
using Travel.Api.Search;
using Travel.Contracts.Listings;
using Travel.Contracts.Search;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Search;

[Collection(DatabaseServer.Collection)]
public sealed class FindPlacesTests(SearchHouse house) : IClassFixture<SearchHouse>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await house.EmptyAsync();
        await house.AddAsync(
            [
                house.New(spot: (11, 37)), house.New(spot: (12, 38)), house.New(city: "bahir dár", spot: (13, 39)),
                house.New(city: "Gondar"), house.New(city: "Barcelos", region: null, country: "Portugal"),
                house.New(city: "Nadi", region: null, country: "Fiji", spot: (-17, 179)), house.New(city: "Nadi", region: null, country: "Fiji", spot: (-17, -177)),
                house.New(city: "Nowhere", status: ListingStatus.Draft),
            ],
            []);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_place_says_where_it_is_and_how_many_stays_it_has_however_they_spell_it()
    {
        var place = (await FindAsync("bahir dar"))[0];

        (place.Region, place.Country, place.Kind, place.Stays).ShouldBe(("Amhara", "Ethiopia", PlaceKind.City, 3));
        place.Latitude.ShouldBe(12, 0.000001);
        place.Longitude.ShouldBe(38, 0.000001);
    }

    [Theory]
    [InlineData("ba", "Barcelos,Bahir Dar")]
    [InlineData("BÄHIR", "Bahir Dar")]
    [InlineData("bahr", "Bahir Dar")]
    [InlineData("Barselos", "Barcelos")]
    [InlineData("ethi", "Ethiopia,Amhara,Bahir Dar,Gondar")]
    [InlineData("amh", "Amhara,Bahir Dar,Gondar")]
    [InlineData("dar", "Bahir Dar,Gondar")]
    [InlineData("nowhere", "")]
    [InlineData("%", "")]
    [InlineData("zzz", "")]
    public async Task What_begins_so_comes_first_and_what_is_much_like_it_is_found_too(string text, string names)
    {
        var found = (await FindAsync(text)).Select(place => place.Name).ToList();

        found.ConvertAll(name => name == "bahir dár" ? "Bahir Dar" : name).Take(4).ShouldBe(names.Split(',', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: names.Contains(','));
        if (found.Count > 0)
        {
            found[0].ShouldBe(names.Split(',')[0]);
        }
    }

    [Fact]
    public async Task The_middle_of_a_place_across_the_date_line_is_there_and_not_on_the_other_side_of_the_earth() =>
        (await FindAsync("nadi"))[0].Longitude.ShouldBe(-179, 0.000001);

    [Fact]
    public async Task Each_place_finds_its_stays_and_no_others()
    {
        foreach (var place in await FindAsync("a"))
        {
            var name = string.Join(", ", new[] { place.Name, place.Region, place.Kind == PlaceKind.Country ? null : place.Country }.OfType<string>());

            (await house.FoundAsync(ListingSearch.Everything with { Place = name })).Count.ShouldBe(place.Stays, name);
        }
    }

    [Theory]
    [InlineData("Ethopia", 4)]
    [InlineData("Bahir Dhar", 3)]
    [InlineData("bah", 3)]
    [InlineData("ba", 4)]
    [InlineData("gondar, ethiopia", 1)]
    [InlineData("%", 0)]
    [InlineData("Atlantis", 0)]
    public async Task A_stay_is_found_by_its_place_as_people_write_it(string place, int stays) =>
        (await house.FoundAsync(ListingSearch.Everything with { Place = place })).Count.ShouldBe(stays);

    [Fact]
    public async Task A_place_is_one_as_long_as_a_published_stay_is_in_it()
    {
        var gondar = house.Db.Listings.Where(listing => listing.City == "Gondar");
        await gondar.ExecuteUpdateAsync(set => set.SetProperty(listing => listing.Status, ListingStatus.Archived));
        (await FindAsync("gondar")).ShouldBeEmpty();

        await gondar.ExecuteUpdateAsync(set => set.SetProperty(listing => listing.Status, ListingStatus.Published).SetProperty(listing => listing.City, "Lalibela"));
        (await FindAsync("gondar")).ShouldBeEmpty();
        (await FindAsync("lalibela")).ShouldHaveSingleItem().Stays.ShouldBe(1);

        await house.Db.Listings.Where(listing => listing.City == "Lalibela").ExecuteDeleteAsync();
        (await FindAsync("lalibela")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stays_that_are_published_at_once_in_one_place_are_all_counted()
    {
        var listings = Enumerable.Range(0, 12).Select(_ => house.New(city: "Axum", status: ListingStatus.Draft)).ToList();
        await house.AddAsync(listings, []);

        await Task.WhenAll(listings.Select(async listing =>
        {
            await using var db = house.Another();
            await db.Listings.Where(draft => draft.Id == listing.Id).ExecuteUpdateAsync(set => set.SetProperty(draft => draft.Status, ListingStatus.Published));
        }));

        (await FindAsync("axum"))[0].Stays.ShouldBe(12);
    }

    private async Task<IReadOnlyList<PlaceFound>> FindAsync(string text) => (await new FindPlaces(house.Db).ExecuteAsync(text, CancellationToken.None)).Items;
}
