using FsCheck;
using FsCheck.Fluent;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

/// <summary>The rules of docs/pricing.md.</summary>
public sealed class StayPriceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly Gen<Listing> AnyListing =
        from price in Amount(1)
        from weekend in Gen.OneOf(Amount(1).Select(amount => (long?)amount), Gen.Constant((long?)null))
        from weekendNights in Gen.SubListOf(Enum.GetValues<DayOfWeek>())
        from cleaning in Amount(0)
        from extra in Amount(0)
        from included in Gen.Choose(1, 4)
        from gaps in Gen.Choose(0, 40).ArrayOf(6)
        from prices in Amount(1).ArrayOf(6)
        select With(SampleListing.With(price: new Money(price, Currencies.EthiopianBirr)), weekend, weekendNights, cleaning, extra, included, Seasons(gaps, prices));

    private static readonly Arbitrary<(Listing Listing, StayRequest Stay)> AnyStay =
        (from listing in AnyListing
         from ahead in Gen.Choose(0, 200)
         from nights in Gen.Choose(1, 90)
         from guests in Gen.Choose(1, 4)
         select (listing, new StayRequest(Today.AddDays(ahead), Today.AddDays(ahead + nights), guests))).ToArbitrary();

    [Fact]
    public void The_total_is_the_sum_of_the_lines_and_search_shows_the_same_total() => Prop.ForAll(AnyStay, it =>
    {
        var quote = QuoteStay.For(it.Listing, it.Stay, Now);

        quote.Total.MinorUnits.ShouldBe(quote.Lines.Sum(line => line.Amount.MinorUnits));
        QuoteStay.Total(it.Listing, it.Stay.CheckIn, it.Stay.CheckOut, it.Stay.Guests).ShouldBe(quote.Total);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_night_has_exactly_one_rate() => Prop.ForAll(AnyStay, it =>
    {
        var nights = QuoteStay.For(it.Listing, it.Stay, Now).Lines.Where(line => line.Kind == QuoteLineKind.Nights).ToList();

        nights.Sum(line => line.Quantity).ShouldBe(it.Stay.Nights);
        nights.Sum(line => line.Amount.MinorUnits).ShouldBe(NightByNight(it.Listing, it.Stay));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Accommodation_costs_the_same_however_a_stay_is_cut() =>
        Prop.ForAll(AnyStay, Gen.Choose(0, 1000).ToArbitrary(), (it, cut) =>
        {
            var middle = it.Stay.CheckIn.AddDays(cut % (it.Stay.Nights + 1));
            var parts = new[] { it.Stay with { CheckOut = middle }, it.Stay with { CheckIn = middle } }.Where(part => part.Nights > 0);

            parts.Sum(part => WithoutCleaning(it.Listing, part)).ShouldBe(WithoutCleaning(it.Listing, it.Stay));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_quote_says_what_the_first_night_and_the_cleaning_cost() => Prop.ForAll(AnyStay, it =>
    {
        var quote = QuoteStay.For(it.Listing, it.Stay, Now);

        quote.FirstNight.ShouldBe(new Money(WithoutCleaning(it.Listing, it.Stay with { CheckOut = it.Stay.CheckIn.AddDays(1) }), Currencies.EthiopianBirr));
        quote.CleaningFee!.Value.MinorUnits.ShouldBe(quote.Lines.Where(line => line.Kind == QuoteLineKind.Cleaning).Sum(line => line.Amount.MinorUnits));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_longest_dearest_stay_is_a_number()
    {
        var listing = With(
            SampleListing.With(price: new Money(ListingRates.HighestAmountMinorUnits, Currencies.UsDollar), maxGuests: 50), weekend: null, [],
            ListingRates.HighestAmountMinorUnits, ListingRates.HighestAmountMinorUnits, included: 1, []);

        QuoteStay.Total(listing, Today, Today.AddDays(ListingRules.LongestStay), guests: 50).MinorUnits
            .ShouldBe(ListingRates.HighestAmountMinorUnits * ((50L * ListingRules.LongestStay) + 1));
    }

    [Fact]
    public void From_Thursday_to_Sunday_two_nights_are_weekend_nights()
    {
        var quote = QuoteStay.For(House(), new StayRequest(new(2027, 1, 7), new(2027, 1, 10), Guests: 2), Now);

        quote.Lines.ShouldBe(
        [
            new QuoteLine("Nights", 1, Birr(1000), QuoteLineKind.Nights),
            new QuoteLine("Weekend nights", 2, Birr(2400), QuoteLineKind.Nights),
            new QuoteLine("Cleaning", 1, Birr(500), QuoteLineKind.Cleaning),
        ]);
        quote.Total.ShouldBe(Birr(3900));
        quote.FirstNight.ShouldBe(Birr(1000));
        quote.CleaningFee.ShouldBe(Birr(500));
    }

    [Fact]
    public void A_season_goes_before_the_weekend_and_extra_guests_pay_for_each_night()
    {
        var quote = QuoteStay.For(House(), new StayRequest(new(2027, 1, 14), new(2027, 1, 17), Guests: 3), Now);

        quote.Lines.ShouldBe(
        [
            new QuoteLine("Nights", 1, Birr(1000), QuoteLineKind.Nights),
            new QuoteLine("Nights, Timket", 2, Birr(4000), QuoteLineKind.Nights),
            new QuoteLine("Nights with 1 extra guest", 3, Birr(450), QuoteLineKind.ExtraGuests),
            new QuoteLine("Cleaning", 1, Birr(500), QuoteLineKind.Cleaning),
        ]);
        quote.Total.ShouldBe(Birr(5950));
        quote.FirstNight.ShouldBe(Birr(1150));
    }

    [Theory]
    [InlineData(14, true)]
    [InlineData(15, false)]
    [InlineData(21, false)]
    [InlineData(22, true)]
    public void A_season_asks_its_least_nights_of_stays_that_begin_in_it(int day, bool twoNightsAreEnough)
    {
        var stay = new StayRequest(new(2027, 1, day), new(2027, 1, day + 2), Guests: 1);

        stay.ErrorsAt(House(seasonMinNights: 3), Now).Keys.ShouldBe(twoNightsAreEnough ? [] : ["checkOut"]);
        stay.ErrorsAt(House(), Now).ShouldBeEmpty();
    }

    [Fact]
    public void A_listing_that_was_loaded_without_its_rates_is_not_priced_at_all()
    {
        var listing = House();
        listing.Seasons = null;

        Should.Throw<InvalidOperationException>(() => QuoteStay.For(listing, new StayRequest(new(2027, 1, 7), new(2027, 1, 10), Guests: 2), Now));
    }

    private static Listing House(int? seasonMinNights = null) => With(
        SampleListing.With(price: Birr(1000)), 120_000, [DayOfWeek.Friday, DayOfWeek.Saturday], 50_000, 15_000, included: 2,
        [Season("Timket", new(2027, 1, 15), new(2027, 1, 22), 200_000, seasonMinNights)]);

    private static Money Birr(int birr) => new(100L * birr, Currencies.EthiopianBirr);

    /// <summary>The rules once more, written as plainly as can be.</summary>
    private static long NightByNight(Listing listing, StayRequest stay) => Enumerable.Range(0, stay.Nights).Select(index => stay.CheckIn.AddDays(index)).Sum(night =>
        listing.Seasons!.Where(season => night >= season.FromOn && night < season.ToOn).Select(season => (long?)season.PricePerNightMinorUnits).SingleOrDefault()
        ?? (listing.WeekendNights.Contains(night.DayOfWeek) ? listing.WeekendPriceMinorUnits : null)
        ?? listing.PricePerNightMinorUnits);

    private static long WithoutCleaning(Listing listing, StayRequest stay) =>
        QuoteStay.For(listing, stay, Now).Lines.Where(line => line.Kind != QuoteLineKind.Cleaning).Sum(line => line.Amount.MinorUnits);

    private static Gen<long> Amount(int from) => Gen.Choose(from, 1_000_000_000).Select(amount => (long)amount);

    private static List<Season> Seasons(int[] gaps, long[] prices)
    {
        var seasons = new List<Season>();
        var day = Today;
        for (var index = 0; index + 1 < gaps.Length; index += 2)
        {
            var from = day.AddDays(gaps[index]);
            day = from.AddDays(1 + gaps[index + 1]);
            seasons.Add(Season($"Season {index}", from, day, prices[index]));
        }

        return seasons;
    }

    private static Season Season(string name, DateOnly from, DateOnly to, long price, int? minNights = null) => new()
    {
        Id = Guid.NewGuid(), ListingId = Guid.NewGuid(), Name = name, FromOn = from, ToOn = to, PricePerNightMinorUnits = price, MinNights = minNights,
    };

    private static Listing With(
        Listing listing, long? weekend, IEnumerable<DayOfWeek> weekendNights, long cleaning, long extra, int included, List<Season> seasons)
    {
        listing.WeekendPriceMinorUnits = weekend;
        listing.WeekendNights = [.. weekendNights];
        listing.CleaningFeeMinorUnits = cleaning;
        listing.ExtraGuestFeeMinorUnits = extra;
        listing.IncludedGuests = included;
        listing.Seasons = seasons;
        return listing;
    }
}
