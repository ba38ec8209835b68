using FsCheck;
using FsCheck.Fluent;
using Travel.Contracts.Availability;
using Travel.Domain.Availability;

namespace Travel.Tests.Availability;

public sealed class NightRangesTests
{
    private static readonly DateOnly Start = new(2026, 12, 20);

    private static readonly Gen<NightRange> AnyRange =
        from first in Gen.Choose(0, 40)
        from nights in Gen.Choose(0, 8)
        select new NightRange(Start.AddDays(first), Start.AddDays(first + nights));

    private static readonly Arbitrary<(List<NightRange> Wanted, List<NightRange> Taken)> AnyTwo =
        (from wanted in AnyRange.ListOf() from taken in AnyRange.ListOf() select (wanted.ToList(), taken.ToList())).ToArbitrary();

    [Fact]
    public void What_is_left_is_every_night_wanted_and_not_taken_and_no_other() => Prop.ForAll(AnyTwo, two =>
    {
        var left = two.Wanted.Without(two.Taken);

        NightsIn(left).ShouldBe(NightsIn(two.Wanted).Except(NightsIn(two.Taken)), ignoreOrder: true);
        left.ShouldBe(left.Merged());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merged_nights_are_the_same_nights_in_order_and_apart() => Prop.ForAll(AnyTwo, two =>
    {
        var merged = two.Wanted.Merged();

        NightsIn(merged).ShouldBe(NightsIn(two.Wanted), ignoreOrder: true);
        merged.ShouldAllBe(range => range.From < range.To);
        merged.Zip(merged.Skip(1)).ShouldAllBe(pair => pair.First.To < pair.Second.From);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_day_of_departure_is_left_to_the_next()
    {
        NightRange first = new(Start, Start.AddDays(2));
        NightRange next = new(Start.AddDays(2), Start.AddDays(4));

        new[] { next }.Without([first]).ShouldBe([next]);
        first.Overlaps(next).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-12-24", "2026-12-27", "24 to 27 Dec 2026")]
    [InlineData("2026-11-28", "2026-12-02", "28 Nov to 2 Dec 2026")]
    [InlineData("2026-12-30", "2027-01-02", "30 Dec 2026 to 2 Jan 2027")]
    public void Nights_are_told_to_people_without_saying_anything_twice(string from, string to, string words) =>
        new NightRange(DateOnly.Parse(from, null), DateOnly.Parse(to, null)).InWords().ShouldBe(words);

    private static HashSet<DateOnly> NightsIn(IEnumerable<NightRange> ranges) =>
        [.. ranges.SelectMany(range => Enumerable.Range(0, range.To.DayNumber - range.From.DayNumber).Select(range.From.AddDays))];
}
