using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Listings;

public sealed class ListingRulesTests
{
    private static readonly Money Price = new(100_000, Currencies.EthiopianBirr);
    private static readonly SeasonalRate Season = new("Timket", new(2027, 1, 15), new(2027, 1, 22), Price);

    [Theory]
    [InlineData("Harbour flat", true)]
    [InlineData("ቤት በባህር ዳር", true)]
    [InlineData("خانهٔ کنار دریا می\u200Cخواهم", true)]
    [InlineData("Tiny", false)]
    [InlineData(" Harbour flat", false)]
    [InlineData("Harbour\u2028flat", false)]
    [InlineData("Harbour\tflat", false)]
    [InlineData("Harbour \u202Etalf", false)]
    [InlineData("Harbour\u200Bflat", false)]
    [InlineData("Harbour \uD800flat", false)]
    public void A_title_is_one_line_of_text_that_can_be_seen(string title, bool good) =>
        ListingRules.ErrorsOf(Hosts.Listing(title)).ContainsKey("title").ShouldBe(!good);

    [Theory]
    [InlineData("Africa/Addis_Ababa", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("UTC", true)]
    [InlineData("E. Africa Standard Time", false)]
    [InlineData("Africa/Nowhere", false)]
    [InlineData("../../../etc/passwd", false)]
    [InlineData("posix/Africa/Cairo", false)]
    [InlineData("+03:00", false)]
    [InlineData("", false)]
    public void A_time_zone_is_one_of_the_IANA_names(string zone, bool good) =>
        ListingRules.ErrorsOf(Hosts.Listing() with { TimeZone = zone }).ContainsKey("timeZone").ShouldBe(!good);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(ListingRates.HighestAmountMinorUnits, true)]
    [InlineData(ListingRates.HighestAmountMinorUnits + 1, false)]
    [InlineData(-1, false)]
    public void A_price_is_more_than_nothing_and_has_a_limit(long minorUnits, bool good)
    {
        var price = new Money(minorUnits, Currencies.UsDollar);

        ListingRules.ErrorsOf(Hosts.Listing(price: price)).ContainsKey("pricePerNight").ShouldBe(!good);
        RateRules.ErrorsOf(new Rates(price), maxGuests: 4).ContainsKey("pricePerNight").ShouldBe(!good);
    }

    [Fact]
    public void A_description_may_have_many_lines_and_a_draft_none() =>
        ListingRules.ErrorsOf(Hosts.Listing(description: "")).Concat(ListingRules.ErrorsOf(Hosts.Listing(description: "One\r\nTwo\tThree"))).ShouldBeEmpty();

    [Fact]
    public void All_rates_are_in_one_currency_and_within_bounds()
    {
        var dollars = new Money(5, Currencies.UsDollar);
        var rates = new Rates(
            Price, dollars, [DayOfWeek.Friday, DayOfWeek.Friday], [Season with { PricePerNight = dollars, Name = "", MinNights = 0 }, Season with { To = Season.From }],
            Price with { MinorUnits = -1 }, ExtraGuestFee: Price, IncludedGuests: null);

        RateRules.ErrorsOf(rates, maxGuests: 4).Keys.ShouldBe(
            ["weekendPrice", "weekendNights", "seasons[0].pricePerNight", "seasons[0].name", "seasons[0].minNights", "seasons[1].to", "cleaningFee", "includedGuests"], ignoreOrder: true);
        RateRules.ErrorsOf(new Rates(Price, IncludedGuests: 5), maxGuests: 4).Keys.ShouldBe(["includedGuests"]);
        RateRules.ErrorsOf(new Rates(Price, Price, [], [Season], Price, Price, 4), maxGuests: 4).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(8, 15, true)]
    [InlineData(8, 16, false)]
    [InlineData(16, 17, false)]
    [InlineData(14, 23, false)]
    [InlineData(21, 28, false)]
    [InlineData(22, 28, true)]
    public void Seasons_may_touch_and_not_overlap(int from, int to, bool good) =>
        RateRules.ErrorsOf(new Rates(Price, Seasons: [Season, Season with { Name = "Other", From = new(2027, 1, from), To = new(2027, 1, to) }]), maxGuests: 4)
            .Keys.ShouldBe(good ? [] : ["seasons[1].from"]);

    [Theory]
    [InlineData("Whitewashed house in Graça", "whitewashed-house-in-graca")]
    [InlineData("Fisherman’s  house -- by the sea!", "fishermans-house-by-the-sea")]
    [InlineData("ቤት በባህር ዳር", "guesthouse-bahir-dar")]
    [InlineData("0192f0c1-1234-7000-8000-000000000001", "stay-0192f0c1-1234-7000-8000-000000000001")]
    public void A_slug_is_the_title_in_plain_letters_and_never_an_id(string title, string slug) => Slug.Of(title, ListingType.Guesthouse, "Bahir Dar").ShouldBe(slug);

    [Fact]
    public void Where_even_the_town_has_other_letters_a_slug_is_the_kind_of_place() => Slug.Of("ቤት በባህር ዳር", ListingType.House, "ባህር ዳር").ShouldBe("house");

    [Fact]
    public void A_slug_has_room_for_something_behind_it()
    {
        var slug = Slug.Of(new string('a', 99) + " " + new string('b', 20), ListingType.House, "Gondar");

        slug.ShouldBe(new string('a', 99));
        Slug.Another(slug).ShouldMatch("^a{99}-[a-z2-9]{6}$");
    }
}
