using Travel.Api.Search;
using Travel.Contracts;
using Travel.Contracts.Listings;

namespace Travel.Tests.Search;

public sealed class SearchParametersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);
    private static readonly SearchParameters Nothing = new(
        Q: null, Place: null, CheckIn: null, CheckOut: null, Guests: null, MinPrice: null, MaxPrice: null, Currency: null, Amenities: null, Type: null, MinRating: null,
        Bedrooms: null, Bbox: null, Sort: null, Facets: null, Limit: null, Cursor: null);

    [Fact]
    public void Who_asks_for_nothing_gets_everything_newest_first() => Read(Nothing).Canonical.ShouldBe(ListingSearch.Everything.Canonical);

    [Fact]
    public void Who_asks_with_words_gets_what_fits_them_best_first() => Read(Nothing with { Q = " lake " }).ShouldSatisfyAllConditions(
        search => search.Q.ShouldBe("lake"),
        search => search.Sort.ShouldBe(SearchSort.Relevance));

    [Fact]
    public void Amounts_are_read_in_the_currency_that_is_said_and_in_birr_otherwise()
    {
        var search = Read(Nothing with { MinPrice = "10", MaxPrice = "12.50" });
        (search.MinPrice, search.MaxPrice, search.Currency).ShouldBe((1000, 1250, Currencies.EthiopianBirr));
        Read(Nothing with { MinPrice = "10", Currency = "USD" }).Currency.ShouldBe(Currencies.UsDollar);
    }

    [Fact]
    public void Each_part_is_read_as_what_it_is()
    {
        var search = Read(Nothing with { Amenities = "wifi,pool,wifi", Type = "guesthouse", MinRating = "4.5", Bedrooms = 2, Bbox = "177.5,-19,-178,-16.25", Sort = "distance" });

        search.Amenities.ShouldBe(["pool", "wifi"]);
        search.Type.ShouldBe(ListingType.Guesthouse);
        search.MinRating.ShouldBe(4.5m);
        search.Bedrooms.ShouldBe(2);
        search.Box.ShouldBe(new SearchBox(177.5, -19, -178, -16.25));
        search.Sort.ShouldBe(SearchSort.Distance);
    }

    [Theory]
    [InlineData("minPrice", "-1")]
    [InlineData("minPrice", "1,000")]
    [InlineData("minPrice", "1.005")]
    [InlineData("minPrice", "cheap")]
    [InlineData("minPrice", "")]
    [InlineData("minPrice", "1e3")]
    [InlineData("maxPrice", "-0.01")]
    [InlineData("maxPrice", "99999999999999999999999999")]
    [InlineData("currency", "EUR")]
    [InlineData("currency", "usd")]
    [InlineData("currency", "")]
    [InlineData("amenities", "wifi,helipad")]
    [InlineData("amenities", "wifi,")]
    [InlineData("amenities", "")]
    [InlineData("amenities", "WiFi")]
    [InlineData("type", "castle")]
    [InlineData("type", "House")]
    [InlineData("type", "")]
    [InlineData("minRating", "0.9")]
    [InlineData("minRating", "5.01")]
    [InlineData("minRating", "4.567")]
    [InlineData("minRating", "good")]
    [InlineData("bbox", "1,2,3")]
    [InlineData("bbox", "1,2,3,4,5")]
    [InlineData("bbox", "1,4,3,2")]
    [InlineData("bbox", "-181,2,3,4")]
    [InlineData("bbox", "1,-91,3,4")]
    [InlineData("bbox", "NaN,2,3,4")]
    [InlineData("bbox", "a,b,c,d")]
    [InlineData("bbox", "")]
    [InlineData("sort", "cheapest")]
    [InlineData("sort", "Price")]
    [InlineData("sort", "")]
    [InlineData("sort", "relevance")]
    [InlineData("sort", "distance")]
    public void What_cannot_be_is_refused_by_its_name(string field, string value)
    {
        var errors = Errors(field switch
        {
            "minPrice" => Nothing with { MinPrice = value },
            "maxPrice" => Nothing with { MaxPrice = value },
            "currency" => Nothing with { Currency = value },
            "amenities" => Nothing with { Amenities = value },
            "type" => Nothing with { Type = value },
            "minRating" => Nothing with { MinRating = value },
            "bbox" => Nothing with { Bbox = value },
            _ => Nothing with { Sort = value },
        });

        errors.Keys.ShouldBe([field]);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var errors = Errors(Nothing with
        {
            Q = new string('q', 101), Place = "\0", CheckIn = new DateOnly(2027, 1, 5), Guests = 51, Bedrooms = -1, MinPrice = "20", MaxPrice = "10",
        });

        errors.Keys.ShouldBe(["q", "place", "checkOut", "guests", "bedrooms", "maxPrice"], ignoreOrder: true);
    }

    [Fact]
    public void What_is_no_amount_is_told_so_and_not_compared() =>
        Errors(Nothing with { MinPrice = "5", MaxPrice = "abc" }).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.Key.ShouldBe("maxPrice"), error => error.Value.ShouldHaveSingleItem().ShouldContain("1250.00"));

    [Theory]
    [InlineData(10, 20, 15)]
    [InlineData(170, -170, 180)]
    [InlineData(170, -176, 177)]
    [InlineData(176, -170, -177)]
    public void The_middle_of_a_box_is_in_it_also_across_the_date_line(double west, double east, double middle) =>
        new SearchBox(west, -10, east, 20).Centre.ShouldBe(new Spot(5, middle));

    [Fact]
    public void The_same_question_has_one_form_and_another_question_another()
    {
        ListingSearch[] others =
        [
            .. new[]
            {
                Nothing, Nothing with { Q = "a" }, Nothing with { Place = "a" }, Nothing with { Q = "a&place=a" }, Nothing with { CheckIn = Day(1), CheckOut = Day(2) },
                Nothing with { CheckIn = Day(1), CheckOut = Day(3) }, Nothing with { Guests = 1 }, Nothing with { Bedrooms = 1 }, Nothing with { MinPrice = "1" },
                Nothing with { MaxPrice = "1" }, Nothing with { MaxPrice = "1", Currency = "USD" }, Nothing with { Amenities = "wifi" }, Nothing with { Amenities = "wifi,pool" },
                Nothing with { Type = "house" }, Nothing with { MinRating = "4" }, Nothing with { Bbox = "1,2,3,4" }, Nothing with { Bbox = "1,2,3,5" }, Nothing with { Sort = "price" },
                Nothing with { Sort = "-price" }, Nothing with { Sort = "rating" },
            }.Select(Read),
        ];

        others.Select(search => search.Canonical).ShouldBeUnique();
        Read(Nothing with { Amenities = "pool,wifi", MinRating = "4.0", MinPrice = "1.0", Q = "a " }).Canonical
            .ShouldBe(Read(Nothing with { Amenities = "wifi,pool", MinRating = "4", MinPrice = "1", Q = "a", Sort = "relevance" }).Canonical);
    }

    private static DateOnly Day(int day) => new(2027, 1, day);

    private static ListingSearch Read(SearchParameters parameters)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var search = parameters.Read(Now, errors);
        errors.ShouldBeEmpty();
        return search;
    }

    private static Dictionary<string, string[]> Errors(SearchParameters parameters)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        parameters.Read(Now, errors);
        return errors;
    }
}
