using System.Globalization;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Contracts.Search;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Search;

[Collection(TravelGraph.Collection)]
public sealed class FindListingsTests(TravelGraph graph)
{
    [Theory]
    [InlineData(null, 20)]
    [InlineData(37, 37)]
    [InlineData(100, 100)]
    public async Task Page_after_page_shows_every_published_listing_once_newest_first(int? limit, int pageSize)
    {
        await using var db = await graph.DatabaseAsync();
        var published = await db.Listings.Where(listing => listing.Status == ListingStatus.Published).Select(listing => listing.Id).ToListAsync();
        published.Count.ShouldBeGreaterThanOrEqualTo(2000);

        var pages = await PagesAsync(limit is null ? "" : string.Create(CultureInfo.InvariantCulture, $"limit={limit}"));

        pages.SkipLast(1).ShouldAllBe(page => page.Items.Count == pageSize);
        pages.SelectMany(page => page.Items).Select(listing => listing.Id.ToString())
            .ShouldBe(published.Select(id => id.ToString()).OrderByDescending(id => id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_filter_holds_on_every_page()
    {
        var pages = await PagesAsync("type=lodge&guests=4&limit=10");

        pages.Count.ShouldBeGreaterThan(1);
        pages.SelectMany(page => page.Items).ShouldAllBe(listing => listing.Type == ListingType.Lodge && listing.MaxGuests >= 4);
    }

    [Fact]
    public async Task A_cursor_that_was_changed_is_refused()
    {
        using var visitor = graph.Visitor();
        var cursor = (await visitor.GetFromJsonAsync<Page<ListingSummary>>("/api/v1/listings?limit=1", TravelJson.Options))!.Next.ShouldNotBeNull();
        foreach (var changed in new[] { Flip(cursor, 0), Flip(cursor, cursor.Length - 2), cursor + "A", cursor[1..], "!", "", Guid.NewGuid().ToString() })
        {
            using var answer = await visitor.GetAsync($"/api/v1/listings?limit=1&cursor={Uri.EscapeDataString(changed)}");

            await answer.ShouldBeInvalidAsync("cursor");
        }
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("guests=0", "guests")]
    [InlineData("type=castle", "type")]
    [InlineData("type=1", "type")]
    [InlineData("gests=2", "gests")]
    [InlineData("Limit=2", "Limit")]
    [InlineData("gests=2&colour=red", "gests", "colour")]
    [InlineData("checkIn=2027-01-05", "checkOut")]
    [InlineData("checkOut=2027-01-05", "checkIn")]
    [InlineData("checkIn=2027-01-05&checkOut=2027-01-05", "checkOut")]
    [InlineData("checkIn=2020-01-05&checkOut=2020-01-07", "checkIn")]
    [InlineData("checkIn=2027-01-05&checkOut=2040-01-07", "checkOut")]
    [InlineData("checkIn=05.01.2027&checkOut=2027-05-07", "checkIn")]
    [InlineData("checkIn=2027-01-05&checkOut=1/7/2027", "checkOut")]
    [InlineData("place=%00", "place")]
    [InlineData("q=lake%00", "q")]
    [InlineData("minPrice=cheap&maxPrice=-1", "minPrice", "maxPrice")]
    [InlineData("minPrice=2&maxPrice=1", "maxPrice")]
    [InlineData("currency=EUR", "currency")]
    [InlineData("amenities=helipad", "amenities")]
    [InlineData("minRating=6", "minRating")]
    [InlineData("bedrooms=-1", "bedrooms")]
    [InlineData("bedrooms=two", "bedrooms")]
    [InlineData("bbox=1,2,3", "bbox")]
    [InlineData("sort=cheapest", "sort")]
    [InlineData("sort=distance", "sort")]
    [InlineData("sort=relevance", "sort")]
    [InlineData("facets=perhaps", "facets")]
    public async Task What_makes_no_sense_is_refused_by_name_and_never_passed_over(string query, params string[] fields)
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.GetAsync("/api/v1/listings?" + query);

        await answer.ShouldBeInvalidAsync(fields);
    }

    [Fact]
    public async Task A_cursor_of_another_question_is_refused()
    {
        using var visitor = graph.Visitor();
        var cursor = (await visitor.GetFromJsonAsync<ListingsFound>("/api/v1/listings?limit=1&type=house&sort=price", TravelJson.Options))!.Next.ShouldNotBeNull();

        using var other = await visitor.GetAsync($"/api/v1/listings?limit=1&type=villa&sort=price&cursor={cursor}");
        await other.ShouldBeInvalidAsync("cursor");
        using var another = await visitor.GetAsync($"/api/v1/listings?limit=1&type=house&sort=-price&cursor={cursor}");
        await another.ShouldBeInvalidAsync("cursor");
        using var same = await visitor.GetAsync($"/api/v1/listings?sort=price&limit=2&type=house&cursor={cursor}");
        same.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task Facets_say_what_other_choices_find_and_are_left_out_unless_asked_for()
    {
        using var visitor = graph.Visitor();
        const string Question = "/api/v1/listings?place=Ethiopia&amenities=wifi&limit=1";

        var found = (await visitor.GetFromJsonAsync<ListingsFound>(Question + "&facets=true", TravelJson.Options))!;
        var lodges = (await visitor.GetFromJsonAsync<ListingsFound>(Question + "&facets=true&type=lodge", TravelJson.Options))!;
        var without = (await visitor.GetFromJsonAsync<ListingsFound>(Question, TravelJson.Options))!;

        without.Facets.ShouldBeNull();
        found.Facets!.Types.Sum(facet => facet.Count).ShouldBe(found.Facets.Count);
        found.Facets.Types.Single(facet => facet.Value == "lodge").Count.ShouldBe(lodges.Facets!.Count);
        lodges.Facets.Types.ShouldBe(found.Facets.Types);
    }

    [Theory]
    [InlineData("addis abe", "Addis Ababa")]
    [InlineData("Adis Ababa", "Addis Ababa")]
    [InlineData("ETHIO", "Ethiopia")]
    public async Task A_place_is_found_by_its_beginning_and_with_mistakes_in_it(string text, string name)
    {
        using var visitor = graph.Visitor();

        var places = (await visitor.GetFromJsonAsync<Page<PlaceFound>>("/api/v1/places?q=" + Uri.EscapeDataString(text), TravelJson.Options))!.Items;

        places[0].Name.ShouldBe(name);
        places.Count.ShouldBeLessThanOrEqualTo(10);
    }

    [Theory]
    [InlineData("", "q")]
    [InlineData("q=", "q")]
    [InlineData("q=%00", "q")]
    [InlineData("q=a&limit=3", "limit")]
    public async Task A_place_without_a_name_is_asked_for_by_nobody(string query, string field)
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.GetAsync("/api/v1/places?" + query);

        await answer.ShouldBeInvalidAsync(field);
    }

    [Theory]
    [InlineData("%25")]
    [InlineData("_")]
    [InlineData("%5C")]
    public async Task A_wildcard_of_the_database_is_an_ordinary_character(string text)
    {
        var found = await PagesAsync("place=" + text);

        found.SelectMany(page => page.Items).ShouldBeEmpty();
    }

    [Fact]
    public async Task Taken_nights_hide_a_listing_and_free_ones_show_it_with_the_price_of_the_stay()
    {
        using var guest = await graph.GuestAsync();
        var taken = await graph.Stays.FreeAsync();
        var free = await graph.Stays.FreeAsync();
        await guest.BookedAsync(taken);

        (await FindAsync(taken.CheckIn, taken.CheckOut)).ShouldNotContain(listing => listing.Id == taken.ListingId);
        (await FindAsync(taken.CheckOut.AddDays(-1), taken.CheckOut.AddDays(1))).ShouldNotContain(listing => listing.Id == taken.ListingId);
        var shown = (await FindAsync(taken.CheckOut, free.CheckOut)).Single(listing => listing.Id == free.ListingId);
        shown.TotalPrice.ShouldBe(shown.PricePerNight * 2);
    }

    private async Task<IEnumerable<ListingSummary>> FindAsync(DateOnly checkIn, DateOnly checkOut) =>
        (await PagesAsync($"limit=100&checkIn={checkIn:yyyy-MM-dd}&checkOut={checkOut:yyyy-MM-dd}")).SelectMany(page => page.Items);

    private async Task<List<Page<ListingSummary>>> PagesAsync(string query)
    {
        using var visitor = graph.Visitor();
        var pages = new List<Page<ListingSummary>>();
        string? next = null;
        do
        {
            var page = await visitor.GetFromJsonAsync<Page<ListingSummary>>($"/api/v1/listings?{query}{(next is null ? "" : "&cursor=" + next)}", TravelJson.Options);
            pages.Add(page!);
            next = page!.Next;
        }
        while (next is not null && pages.Count < 300);
        return pages;
    }

    private static string Flip(string cursor, int place) => cursor[..place] + (cursor[place] == 'A' ? 'B' : 'A') + cursor[(place + 1)..];
}
