using Microsoft.Extensions.Options;
using Travel.Api.Accounts;
using Travel.Api.Paging;
using Travel.Api.Search;

namespace Travel.Tests.Search;

public sealed class SearchCursorTests
{
    private static readonly Cursors Cursors = new(Options.Create(new AccessTokenOptions { SigningKey = "0123456789abcdef0123456789abcdef" }));
    private static readonly PriceScale Scale = new(new SearchOptions { BirrPerUsDollar = 150 });
    private static readonly SearchCursor Cursor = new(-7, Guid.Parse("0192f0c1-1234-7000-8000-000000000001"), new Spot(11.6, -179.9));

    [Fact]
    public void A_cursor_leads_back_to_its_stay_and_to_where_distances_began() =>
        SearchCursor.Read(Cursors, ListingSearch.Everything, Scale, Cursor.Write(Cursors, ListingSearch.Everything, Scale)).ShouldBe(Cursor);

    [Fact]
    public void A_cursor_of_another_question_is_none()
    {
        var cursor = Cursor.Write(Cursors, ListingSearch.Everything with { Guests = 2 }, Scale);

        foreach (var other in new[]
        {
            ListingSearch.Everything, ListingSearch.Everything with { Guests = 3 }, ListingSearch.Everything with { Guests = 2, Sort = SearchSort.Rating },
            ListingSearch.Everything with { Guests = 2, Q = "lake" }, ListingSearch.Everything with { Guests = 2, MinPrice = 0 },
        })
        {
            SearchCursor.Read(Cursors, other, Scale, cursor).ShouldBeNull(other.Canonical);
        }
    }

    [Fact]
    public void A_cursor_among_prices_ends_with_the_rate_that_put_them_in_order()
    {
        var (byPrice, newest) = (ListingSearch.Everything with { Sort = SearchSort.Price }, ListingSearch.Everything);
        var moved = new PriceScale(new SearchOptions { BirrPerUsDollar = 151 });

        SearchCursor.Read(Cursors, byPrice, moved, Cursor.Write(Cursors, byPrice, Scale)).ShouldBeNull();
        SearchCursor.Read(Cursors, byPrice, Scale, Cursor.Write(Cursors, byPrice, Scale)).ShouldBe(Cursor);
        SearchCursor.Read(Cursors, newest, moved, Cursor.Write(Cursors, newest, Scale)).ShouldBe(Cursor);
    }

    [Fact]
    public void A_cursor_of_another_list_is_none() =>
        SearchCursor.Read(Cursors, ListingSearch.Everything, Scale, Cursors.After("listings", Cursor.Id)).ShouldBeNull();
}
