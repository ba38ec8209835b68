using Travel.Domain.Outbox;

namespace Travel.Tests.Outbox;

public sealed class BatchSizeTests
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
