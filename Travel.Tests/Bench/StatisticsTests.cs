using Travel.Bench.Measures;
using Travel.Bench.Relay;

namespace Travel.Tests.Bench;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(50, 50)]
    [InlineData(99, 99)]
    [InlineData(99.5, 100)]
    [InlineData(100, 100)]
    [InlineData(0, 1)]
    public void A_percentile_is_the_smallest_value_with_so_many_at_or_below_it(double percent, double expected) =>
        Statistics.Percentile([.. Enumerable.Range(1, 100).Reverse().Select(number => (double)number)], percent).ShouldBe(expected);

    [Fact]
    public void Of_one_value_every_percentile_is_that_one()
    {
        Statistics.Percentile([7], 1).ShouldBe(7);
        Statistics.Percentile([7], 99).ShouldBe(7);
    }

    [Fact]
    public void Of_nothing_there_is_no_percentile_and_no_median()
    {
        Should.Throw<InvalidOperationException>(() => Statistics.Percentile([], 50));
        Should.Throw<InvalidOperationException>(() => Statistics.Median([]));
    }

    [Fact]
    public void The_median_is_in_the_middle_whatever_the_order()
    {
        Statistics.Median([30, 10, 20]).ShouldBe(20);
        Statistics.Median([40, 10, 20, 30]).ShouldBe(25);
    }

    [Fact]
    public void The_table_has_every_run_and_the_median_of_each_measure()
    {
        var table = new ResultTable();
        table.Add([new Measure("mails/s", 1500), new Measure("p50, ms", 2.345)]);
        table.Add([new Measure("mails/s", 900), new Measure("p50, ms", 0.5)]);
        table.Add([new Measure("mails/s", 1200), new Measure("p50, ms", 45.67)]);

        table.ToString().ReplaceLineEndings("\n").ShouldBe(
            """
            |  | run 1 | run 2 | run 3 | median |
            | --- | ---: | ---: | ---: | ---: |
            | mails/s | 1,500 | 900 | 1,200 | 1,200 |
            | p50, ms | 2.35 | 0.500 | 45.7 | 2.35 |

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Runs_that_measured_something_else_are_not_laid_side_by_side()
    {
        var table = new ResultTable();
        table.Add([new Measure("mails/s", 1500)]);

        Should.Throw<ArgumentException>(() => table.Add([new Measure("messages/s", 1500)]));
    }

    [Fact]
    public void The_relay_s_rate_leaves_out_the_batch_whose_beginning_nobody_knows()
    {
        var first = DateTimeOffset.UnixEpoch;

        RelayRate.Of([first, first, first, first.AddSeconds(1), first.AddSeconds(2), first.AddSeconds(2)]).ShouldBe(1.5);
        Should.Throw<ArgumentException>(() => RelayRate.Of([first, first]));
    }
}
