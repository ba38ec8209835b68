using Microsoft.EntityFrameworkCore;
using Travel.Api.Search;
using Travel.Contracts.Listings;
using Travel.Domain.Search;
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

    [Theory]
    [InlineData("apartme")]
    [InlineData("beautifu")]
    [InlineData("swimmin")]
    [InlineData("swi")]
    public async Task The_beginning_of_a_word_is_enough_also_where_it_is_longer_than_the_words_stem(string words)
    {
        var apartment = await house.AddAsync(house.New("Beautiful apartment", "With a swimming pool."));
        await house.AddAsync(house.New("Lodge under the figs"));

        (await FoundAsync(words)).ShouldBe([apartment.Id]);
    }

    [Fact]
    public async Task A_word_that_descriptions_have_is_no_mistyped_one_of_a_title()
    {
        var told = await house.AddAsync(house.New("Flat", "With a heater."));
        await house.AddAsync(house.New("Theater flat"));

        (await FoundAsync("heater")).ShouldBe([told.Id]);
    }

    [Fact]
    public async Task A_word_that_no_published_stay_has_any_more_is_forgotten_and_then_counts_as_mistyped()
    {
        var cottage = await house.AddAsync(house.New("Cottage by the river"));
        var mistyped = await house.AddAsync(house.New("Cotage on the hill"));
        await house.Db.Listings.Where(listing => listing.Id == mistyped.Id).ExecuteUpdateAsync(set => set.SetProperty(listing => listing.Status, ListingStatus.Archived));

        await new PruneSearchWords(house.Db, house.Clock).ExecuteAsync(CancellationToken.None);

        (await house.Db.Database.SqlQuery<string>($"SELECT word AS \"Value\" FROM search_words").ToListAsync())
            .ShouldBe(["cottage", "river", "bahir", "dar", "amhara", "ethiopia"], ignoreOrder: true);
        (await FoundAsync("cotage")).ShouldBe([cottage.Id]);
    }

    [Fact]
    public async Task A_dump_of_listings_can_be_loaded_which_has_no_search_path()
    {
        var flat = await house.AddAsync(house.New("Harbour flat"));

        await using var transaction = await house.Db.Database.BeginTransactionAsync();
        await house.Db.Database.ExecuteSqlAsync($"SET LOCAL session_replication_role = replica");
        await house.Db.Database.ExecuteSqlAsync($"SELECT set_config('search_path', '', true)");
        (await house.Db.Database.ExecuteSqlAsync($"UPDATE public.listings SET title = 'Lake flat', city = 'Gondar' WHERE id = {flat.Id}")).ShouldBe(1);
        await transaction.CommitAsync();

        (await FoundAsync("lake")).ShouldBe([flat.Id]);
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
