using FsCheck;
using FsCheck.Fluent;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

public sealed class CancellationTermsTests
{
    private static readonly DateTimeOffset CheckIn = new(2027, 6, 10, 11, 0, 0, TimeSpan.Zero);
    private static readonly string[] Zones =
        ["Africa/Addis_Ababa", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "Asia/Kathmandu", "America/Santiago"];

    // Total 1,000.00 with a first night of 300.00 and 100.01 for cleaning; 899.99 are the stay.
    [Theory]
    [InlineData(CancellationPolicy.Flexible, -24, 0, 100_000)]
    [InlineData(CancellationPolicy.Flexible, -24, 1, 70_000)]
    [InlineData(CancellationPolicy.Moderate, -120, 0, 100_000)]
    [InlineData(CancellationPolicy.Moderate, -120, 1, 55_001)]
    [InlineData(CancellationPolicy.Strict, -168, 0, 55_001)]
    [InlineData(CancellationPolicy.Strict, -168, 1, 10_001)]
    [InlineData(CancellationPolicy.Strict, -1, 0, 10_001)]
    public void What_comes_back_depends_on_the_policy_and_the_hours_before_check_in(CancellationPolicy policy, int hours, int ticksLater, long refund)
    {
        var terms = new CancellationTerms(policy, new FrozenPrice(Birr(100_000), Birr(30_000), Birr(10_001)), CheckIn);

        terms.ForGuest(Birr(100_000), CheckIn.AddHours(hours).AddTicks(ticksLater)).Refund.ShouldBe(Birr(refund));
    }

    [Fact]
    public void A_host_returns_everything() =>
        CancellationTerms.ForHost(Birr(100_000)).ShouldBe(new Settlement(Birr(100_000), Birr(0)));

    private static readonly Arbitrary<(CancellationTerms Terms, Money Paid, DateTimeOffset At)> AnyCancellation =
        (from policy in Gen.Elements(CancellationPolicy.Flexible, CancellationPolicy.Moderate, CancellationPolicy.Strict)
         from night in Gen.Choose(1, 1_000_000)
         from nights in Gen.Choose(1, 30)
         from cleaning in Gen.Choose(0, 200_000)
         from paid in Gen.Elements(0.0, 0.3, 1.0)
         from minutes in Gen.Choose(1, 60 * 24 * 20)
         let total = ((long)night * nights) + cleaning
         select (
             new CancellationTerms(policy, new FrozenPrice(Birr(total), Birr(night), Birr(cleaning)), CheckIn),
             Birr((long)(total * paid)),
             CheckIn.AddMinutes(-minutes))).ToArbitrary();

    [Fact]
    public void Refund_and_fee_are_together_what_was_paid_and_neither_is_less_than_nothing() =>
        Prop.ForAll(AnyCancellation, it =>
        {
            var settlement = it.Terms.ForGuest(it.Paid, it.At);

            (settlement.Refund + settlement.Fee).ShouldBe(it.Paid);
            settlement.Refund.MinorUnits.ShouldBeGreaterThanOrEqualTo(0);
            settlement.Fee.MinorUnits.ShouldBeGreaterThanOrEqualTo(0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_waits_never_gets_more_back() =>
        Prop.ForAll(AnyCancellation, Gen.Choose(0, 60 * 24 * 20).ToArbitrary(), (it, minutes) =>
        {
            var later = it.At.AddMinutes(minutes) is var then && then < CheckIn ? then : it.At;

            it.Terms.ForGuest(it.Paid, later).Refund.MinorUnits.ShouldBeLessThanOrEqualTo(it.Terms.ForGuest(it.Paid, it.At).Refund.MinorUnits);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_cleaning_fee_of_a_stay_that_is_paid_is_always_returned() =>
        Prop.ForAll(AnyCancellation, it =>
            it.Terms.ForGuest(it.Terms.Price.Total, it.At).Refund.MinorUnits.ShouldBeGreaterThanOrEqualTo(it.Terms.Price.CleaningFee.MinorUnits))
            .QuickCheckThrowOnFailure();

    // Check-in is at 14:00 in Berlin. The day before the clock goes forward has its 24 hours from 13:00 on, the one before it goes back from 15:00.
    [Theory]
    [InlineData("2027-03-28", "2027-03-27T13:00+01:00")]
    [InlineData("2027-06-10", "2027-06-09T14:00+02:00")]
    [InlineData("2027-10-31", "2027-10-30T15:00+02:00")]
    public void Hours_are_hours_also_when_the_clock_changes(string checkIn, string until)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        var checkInAt = LocalTime.At(DateOnly.Parse(checkIn, invariant), new TimeOnly(14, 0), "Europe/Berlin");

        new CancellationTerms(CancellationPolicy.Flexible, new FrozenPrice(Birr(2), Birr(1), Birr(0)), checkInAt)
            .BetterUntil.ShouldBe(DateTimeOffset.Parse(until, invariant));
    }

    private static readonly Arbitrary<(string Zone, DateOnly Day, TimeOnly Time)> AnyLocalTime =
        (from zone in Gen.Elements(Zones)
         from day in Gen.OneOf(Gen.Choose(0, 900).Select(days => new DateOnly(2026, 1, 1).AddDays(days)), Gen.Elements(ChangesOf(zone)))
         from minute in Gen.Choose(0, (24 * 60) - 1)
         select (zone, day, TimeOnly.MinValue.AddMinutes(minute))).ToArbitrary();

    [Fact]
    public void A_local_time_is_the_instant_at_which_the_clock_there_shows_it_or_as_much_later_as_the_clock_jumps() =>
        Prop.ForAll(AnyLocalTime, it =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(it.Zone);
            var wanted = it.Day.ToDateTime(it.Time);

            var at = LocalTime.At(it.Day, it.Time, it.Zone);

            at.ShouldBe(TimeZoneInfo.ConvertTime(at.ToUniversalTime(), zone));
            if (zone.IsInvalidTime(wanted))
            {
                at.DateTime.ShouldBeInRange(wanted, wanted.AddHours(2));
                zone.IsInvalidTime(at.DateTime).ShouldBeFalse();
            }
            else
            {
                at.DateTime.ShouldBe(wanted);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_hold_lasts_as_long_as_it_may_but_never_beyond_the_day_of_check_in() =>
        Prop.ForAll(AnyLocalTime, Gen.Choose(1, 48 * 60).ToArbitrary(), (it, minutes) =>
        {
            var listing = SampleListing.With(timeZone: it.Zone);
            var now = LocalTime.At(it.Day, it.Time, it.Zone).ToUniversalTime();

            var until = HoldTimes.Until(listing, it.Day, TimeSpan.FromMinutes(minutes), now);

            until.ShouldBeGreaterThan(now);
            until.ShouldBeLessThanOrEqualTo(now.AddMinutes(minutes));
            listing.TodayAt(until.AddTicks(-1)).ShouldBeLessThanOrEqualTo(it.Day);
            until.Offset.ShouldBe(TimeSpan.Zero);
        }).QuickCheckThrowOnFailure();

    /// <summary>The days on which the clock changes; where it never does, any day.</summary>
    private static DateOnly[] ChangesOf(string zone)
    {
        var days = Enumerable.Range(0, 900).Select(days => new DateOnly(2026, 1, 1).AddDays(days));
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var changes = days.Where(day => clock.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue)) != clock.GetUtcOffset(day.ToDateTime(TimeOnly.MaxValue))).ToArray();
        return changes.Length > 0 ? changes : [new DateOnly(2026, 6, 1)];
    }

    private static Money Birr(long minorUnits) => new(minorUnits, Currencies.EthiopianBirr);
}
