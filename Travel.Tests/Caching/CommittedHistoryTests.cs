namespace Travel.Tests.Caching;

public sealed class CommittedHistoryTests
{
    private readonly CommittedHistory history = new("first");

    public CommittedHistoryTests()
    {
        Write("second", 10, 12);
        Write("third", 20, 22);
    }

    [Fact]
    public void What_is_the_newest_is_never_stale() => Staleness("third", 1000, 1001).ShouldBe(0);

    [Fact]
    public void What_is_replaced_after_the_question_was_asked_is_not_stale()
    {
        Staleness("first", 11, 1000).ShouldBe(0);
        Staleness("second", 22, 1000).ShouldBe(0);
    }

    [Fact]
    public void What_had_been_replaced_when_it_was_asked_for_is_as_stale_as_that_is_long_ago()
    {
        Staleness("second", 23, 24).ShouldBe(1);
        Staleness("first", 23, 24).ShouldBe(11);
    }

    [Fact]
    public void Who_is_not_told_yet_that_it_is_written_may_see_it_or_not()
    {
        history.Begin("fourth", Seconds(30));

        Staleness("third", 100, 101).ShouldBe(0);
        Staleness("fourth", 100, 101).ShouldBe(0);
        Staleness("second", 100, 101).ShouldBe(78);
    }

    [Fact]
    public void What_nobody_has_begun_to_write_cannot_be_seen()
    {
        Staleness("never", 100, 101).ShouldBeNull();
        Staleness("third", 18, 19).ShouldBeNull();
        Staleness("third", 18, 20).ShouldBe(0);
    }

    private void Write(string value, int begun, int committed)
    {
        history.Begin(value, Seconds(begun));
        history.Commit(Seconds(committed));
    }

    private double? Staleness(string seen, int begun, int read) => history.StalenessOf(seen, Seconds(begun), Seconds(read))?.TotalSeconds;

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
