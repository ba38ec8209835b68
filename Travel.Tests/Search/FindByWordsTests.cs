using Microsoft.EntityFrameworkCore;
using Travel.Api.Search;
using Travel.Contracts.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Search;

[Collection(DatabaseServer.Collection)]
public sealed class FindByWordsTests(SearchHouse house) : IClassFixture<SearchHouse>, IAsyncLifetime
{
    public Task InitializeAsync() => house.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("whitewashed house")]
    [InlineData("HOUSES whitewash")]
    [InlineData("graca")]
    [InlineData("Graça, Portugal")]
    [InlineData("gra")]
    [InlineData("miradouro")]
    [InlineData("Grassa")]
    [InlineData("whitwashed hause")]
    [InlineData("the house in Graça")]
    public async Task A_stay_is_found_by_words_whatever_their_endings_accents_and_small_mistakes(string words)
    {
        var house1 = await house.AddAsync(house.New("Whitewashed house", "Two rooms behind the Miradouro.", "Graça", "Lisboa", "Portugal"));
        await house.AddAsync(house.New("Lodge under the figs", "By the lake."));

        (await FoundAsync(words)).ShouldBe([house1.Id]);
    }

    [Theory]
    [InlineData("house lodge")]
    [InlineData("the")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("' | & ! :* <->")]
    [InlineData("zzzzzz")]
    public async Task Words_that_no_stay_has_all_of_find_nothing(string words)
    {
        await house.AddAsync(house.New("Whitewashed house"));
        await house.AddAsync(house.New("Lodge under the figs"));

        (await FoundAsync(words)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_word_that_is_known_means_itself_and_nothing_like_it()
    {
        var gondar = await house.AddAsync(house.New("Flat", city: "Gondar"));
        await house.AddAsync(house.New("Flat", city: "Gondari"));
        var gonder = await house.AddAsync(house.New("Flat", city: "Gonder"));

        (await FoundAsync("gonder")).ShouldBe([gonder.Id]);
        (await FoundAsync("gondor")).ShouldContain(gondar.Id);
    }

    [Fact]
    public async Task A_word_counts_more_in_the_title_than_in_the_place_and_more_there_than_in_the_description()
    {
        var told = await house.AddAsync(house.New("Flat", "Close to the harbour."));
        var titled = await house.AddAsync(house.New("Harbour flat"));
        var placed = await house.AddAsync(house.New("Flat", city: "Harbour"));

        (await FoundAsync("harbour")).ShouldBe([titled.Id, placed.Id, told.Id]);
    }

    [Fact]
    public async Task What_is_written_in_other_letters_is_found_by_them()
    {
        var addis = await house.AddAsync(house.New("ሰላም ቤት", city: "አዲስ አበባ", region: null, country: "ኢትዮጵያ"));
        await house.AddAsync(house.New());

        (await FoundAsync("አዲስ")).ShouldBe([addis.Id]);
        (await house.FoundAsync(ListingSearch.Everything with { Place = "አዲስ አበባ" })).ShouldBe([addis.Id]);
    }

    [Fact]
    public async Task A_stay_is_found_by_what_it_is_called_now_and_only_while_it_is_published()
    {
        var flat = await house.AddAsync(house.New("Harbour flat"));
        var draft = await house.AddAsync(house.New("Harbour draft", status: ListingStatus.Draft));

        (await FoundAsync("harbour")).ShouldBe([flat.Id]);
        await house.Db.Listings.Where(listing => listing.Id == flat.Id).ExecuteUpdateAsync(set => set.SetProperty(listing => listing.Title, "Lake flat"));
        (await FoundAsync("harbour")).ShouldBeEmpty();
        (await FoundAsync("lake")).ShouldBe([flat.Id]);
        await house.Db.Listings.Where(listing => listing.Id == draft.Id).ExecuteUpdateAsync(set => set.SetProperty(listing => listing.Status, ListingStatus.Published));
        (await FoundAsync("draft")).ShouldBe([draft.Id]);
        (await FoundAsync("drafft")).ShouldBe([draft.Id]);
    }

    private Task<List<Guid>> FoundAsync(string words) => house.FoundAsync(ListingSearch.Everything with { Q = words, Sort = SearchSort.Relevance });
}
