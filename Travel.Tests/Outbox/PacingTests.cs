using Travel.Domain.Outbox;

namespace Travel.Tests.Outbox;

public sealed class PacingTests
{
    [Fact]
    public void A_batch_that_was_full_is_followed_by_one_twice_as_large_up_to_the_largest()
    {
        var size = new BatchSize(smallest: 100, largest: 350);

        Sizes(size, grow: true).ShouldBe([100, 200, 350, 350]);
    }

    [Fact]
    public void When_less_is_to_be_told_batches_become_as_small_as_they_were()
    {
        var size = new BatchSize(smallest: 100, largest: 350);
        Sizes(size, grow: true);

        Sizes(size, grow: false).ShouldBe([350, 175, 100, 100]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(5, 10)]
    [InlineData(1_000_000, 10)]
    public void The_wait_after_a_failure_doubles_up_to_the_longest(int failures, int seconds) =>
        BackOff.After(failures, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)).ShouldBe(TimeSpan.FromSeconds(seconds));

    private static List<int> Sizes(BatchSize size, bool grow)
    {
        List<int> seen = [];
        for (var batch = 0; batch < 4; batch++)
        {
            seen.Add(size.Current);
            if (grow)
            {
                size.Grow();
            }
            else
            {
                size.Shrink();
            }
        }

        return seen;
    }
}
