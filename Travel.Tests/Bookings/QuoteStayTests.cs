using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

public sealed class QuoteStayTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    private static readonly Arbitrary<(Money PerNight, StayRequest Stay)> AnyStay =
        (from minorUnits in Gen.Choose(1, 100_000_000)
         from currency in Gen.Elements(Currencies.EthiopianBirr, Currencies.UsDollar)
         from daysAhead in Gen.Choose(0, 700)
         from nights in Gen.Choose(1, 365)
         from guests in Gen.Choose(1, 4)
         let checkIn = new DateOnly(2026, 11, 20).AddDays(daysAhead)
         select (new Money(minorUnits, currency), new StayRequest(checkIn, checkIn.AddDays(nights), guests))).ToArbitrary();

    [Fact]
    public void The_total_is_the_sum_of_the_lines_and_the_lines_are_the_nights_at_their_price() =>
        Prop.ForAll(AnyStay, it =>
        {
            var quote = QuoteStay.For(SampleListing.With(price: it.PerNight), it.Stay, Now);

            var nights = it.Stay.CheckOut.DayNumber - it.Stay.CheckIn.DayNumber;
            quote.Nights.ShouldBe(nights);
            quote.Total.MinorUnits.ShouldBe(quote.Lines.Sum(line => line.Amount.MinorUnits));
            quote.Lines.Single(line => line.Label == "Nights").ShouldBe(new QuoteLine("Nights", nights, new Money(it.PerNight.MinorUnits * nights, it.PerNight.Currency), QuoteLineKind.Nights));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_amount_is_in_the_currency_of_the_listing() =>
        Prop.ForAll(AnyStay, it =>
        {
            var quote = QuoteStay.For(SampleListing.With(price: it.PerNight), it.Stay, Now);

            quote.Currency.ShouldBe(it.PerNight.Currency);
            quote.Lines.Select(line => line.Amount.Currency).Append(quote.Total.Currency).ShouldAllBe(currency => currency == it.PerNight.Currency);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_question_has_the_same_answer_and_survives_being_stored() =>
        Prop.ForAll(AnyStay, it =>
        {
            var listing = SampleListing.With(price: it.PerNight);
            var first = JsonSerializer.Serialize(QuoteStay.For(listing, it.Stay, Now), TravelJson.Options);

            JsonSerializer.Serialize(QuoteStay.For(listing, it.Stay, Now), TravelJson.Options).ShouldBe(first);
            JsonSerializer.Serialize(JsonSerializer.Deserialize<Quote>(first, TravelJson.Options), TravelJson.Options).ShouldBe(first);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_quote_carries_the_terms_and_is_honoured_for_fifteen_minutes()
    {
        var quote = QuoteStay.For(SampleListing.With(), new StayRequest(new(2026, 12, 24), new(2026, 12, 26), 2), Now);

        quote.CancellationPolicy.ShouldBe(CancellationPolicy.Moderate);
        quote.ValidUntil.ShouldBe(Now.AddMinutes(15));
    }

    [Fact]
    public void A_price_beyond_all_numbers_is_an_error_and_never_a_cheap_stay() =>
        Should.Throw<OverflowException>(() => QuoteStay.For(
            SampleListing.With(price: new Money(long.MaxValue, Currencies.UsDollar)), new StayRequest(new(2026, 12, 24), new(2026, 12, 26), 2), Now));
}
