using FsCheck;
using FsCheck.Fluent;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

public sealed class StayRequestTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData(0, 1, null)]
    [InlineData(0, 0, "checkOut")]
    [InlineData(5, 4, "checkOut")]
    [InlineData(-1, 1, "checkIn")]
    public void A_stay_begins_today_or_later_and_ends_after_it_began(int checkIn, int checkOut, string? wrong) =>
        ShouldBeWrong(new StayRequest(Today.AddDays(checkIn), Today.AddDays(checkOut), 1), wrong);

    [Fact]
    public void A_stay_in_the_past_and_backwards_is_wrong_in_both_dates() =>
        new StayRequest(Today.AddDays(-1), Today.AddDays(-2), 1).ErrorsAt(SampleListing.With(), Noon).Keys
            .ShouldBe(["checkIn", "checkOut"], ignoreOrder: true);

    [Fact]
    public void A_stay_ends_at_most_two_years_ahead()
    {
        var last = Today.AddYears(2);

        ShouldBeWrong(new StayRequest(last.AddDays(-1), last, 1), null);
        ShouldBeWrong(new StayRequest(last, last.AddDays(1), 1), "checkOut");
    }

    [Fact]
    public void The_nights_are_within_what_the_host_lets() =>
        Prop.ForAll(
            (from min in Gen.Choose(1, 14) from more in Gen.Choose(0, 14) from nights in Gen.Choose(1, 40) select (min, max: min + more, nights)).ToArbitrary(),
            it =>
            {
                var stay = new StayRequest(Today, Today.AddDays(it.nights), 1);

                var errors = stay.ErrorsAt(SampleListing.With(minNights: it.min, maxNights: it.max), Noon);

                errors.ContainsKey("checkOut").ShouldBe(it.nights < it.min || it.nights > it.max);
                errors.Keys.ShouldAllBe(field => field == "checkOut");
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void There_is_a_guest_and_there_is_room_for_all(int guests, bool good) =>
        ShouldBeWrong(new StayRequest(Today, Today.AddDays(1), guests), good ? null : "guests");

    [Theory]
    [InlineData(1000, null)]
    [InlineData(1001, "note")]
    public void A_note_has_at_most_a_thousand_characters(int length, string? wrong) =>
        ShouldBeWrong(new StayRequest(Today, Today.AddDays(1), 1, new string('a', length)), wrong);

    [Theory]
    [InlineData("Pacific/Kiritimati", "2026-11-20T09:59Z", 0)]
    [InlineData("Pacific/Kiritimati", "2026-11-20T10:00Z", 1)]
    [InlineData("Africa/Addis_Ababa", "2026-11-20T20:59Z", 0)]
    [InlineData("Africa/Addis_Ababa", "2026-11-20T21:00Z", 1)]
    [InlineData("America/Los_Angeles", "2026-11-20T07:59Z", -1)]
    [InlineData("America/Los_Angeles", "2026-11-20T08:00Z", 0)]
    [InlineData("Asia/Kathmandu", "2026-11-20T18:15Z", 1)]
    public void Today_is_the_date_at_the_listing(string timeZone, string now, int days)
    {
        var listing = SampleListing.With(timeZone: timeZone);
        var instant = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        var there = Today.AddDays(days);

        listing.TodayAt(instant).ShouldBe(there);
        new StayRequest(there, there.AddDays(1), 1).ErrorsAt(listing, instant).ShouldBeEmpty();
        new StayRequest(there.AddDays(-1), there.AddDays(1), 1).ErrorsAt(listing, instant).Keys.ShouldBe(["checkIn"]);
    }

    [Theory]
    [InlineData(Currencies.EthiopianBirr)]
    [InlineData(Currencies.UsDollar)]
    public void What_costs_more_than_can_be_paid_online_at_once_is_refused_before_anybody_books(string currency)
    {
        var most = PaymentRules.MostAtOnce(currency);
        var twoNights = new StayRequest(Today, Today.AddDays(2), 1);
        var listing = SampleListing.With(price: new Money(most.MinorUnits / 2, currency), payment: PaymentMode.Online);
        var dearer = SampleListing.With(price: new Money((most.MinorUnits / 2) + 1, currency), payment: PaymentMode.Online);
        var onArrival = SampleListing.With(price: new Money(most.MinorUnits, currency));

        most.ToString().ShouldBe($"1,000,000.00 {currency}");
        QuoteStay.Total(listing, twoNights.CheckIn, twoNights.CheckOut, 1).ShouldBe(most);
        twoNights.ErrorsAt(listing, Noon).ShouldBeEmpty();
        twoNights.ErrorsAt(dearer, Noon)["checkOut"].ShouldHaveSingleItem()
            .ShouldBe($"This stay costs 1,000,000.02 {currency}, and at most 1,000,000.00 {currency} can be paid online at once. Book fewer nights, or the rest as a second stay.");
        twoNights.ErrorsAt(onArrival, Noon).ShouldBeEmpty();
    }

    private static void ShouldBeWrong(StayRequest stay, string? field) =>
        stay.ErrorsAt(SampleListing.With(), Noon).Keys.ShouldBe(field is null ? [] : [field]);
}
