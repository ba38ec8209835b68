using Travel.Contracts.Operations;
using Travel.Web.Operations;

namespace Travel.Tests.Web;

public sealed class PlotTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_line_begins_and_ends_where_its_points_are()
    {
        var plot = PlotOf(10, (0, 0), (1, 5), (10, 10));

        plot.PathOf(plot.Lines[0]).ShouldBe($"M{Plot.Left} {Plot.Bottom}h0L99.2 89M{Plot.Right} {Plot.Top}h0");
    }

    [Fact]
    public void Where_nothing_is_known_the_line_is_broken()
    {
        var plot = PlotOf(4, (0, 1), (1, null), (2, 1), (3, 1));

        plot.PathOf(plot.Lines[0]).Count(letter => letter == 'M').ShouldBe(2);
        plot.PathOf(plot.Lines[0]).Count(letter => letter == 'L').ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.3, 1)]
    [InlineData(2, 2)]
    [InlineData(2.1, 5)]
    [InlineData(6, 10)]
    [InlineData(11, 20)]
    [InlineData(4999, 5000)]
    [InlineData(5001, 10_000)]
    public void The_upper_edge_is_a_number_that_can_be_read(double greatest, double edge) => PlotOf(10, (0, greatest)).Most.ShouldBe(edge);

    [Fact]
    public void Of_nothing_there_is_a_plot_too()
    {
        var plot = PlotOf(10);

        (plot.Most, plot.PathOf(plot.Lines[0]), plot.Lines[0].Last, plot.Lines[0].Greatest).ShouldBe((1, "", null, null));
    }

    [Fact]
    public void A_point_that_is_not_over_is_in_the_depths_and_not_in_what_went_through()
    {
        var point = new QueuePoint(Since, 3, 0, 0, 1, Published: 8, Taken: 8, Done: 8, Retried: 0, GivenUp: 0);
        var queue = new QueueHistory("mail", [point, point with { At = Since.AddMinutes(2), Ready = 4, Done = 1 }]);
        var history = new QueueHistoryResponse(Since, Since.AddMinutes(3), MinutesPerPoint: 2, [queue]);

        QueuePlots.Depth(history, queue).Lines[0].Points.Select(known => known.Value).ShouldBe([3, 4]);
        QueuePlots.Flow(history, queue).Lines[0].Points.Select(known => known.Value).ShouldBe([4]);
    }

    private static Plot PlotOf(int minutes, params (int Minute, double? Value)[] points) => new(
        Since, Since.AddMinutes(minutes), TimeSpan.FromMinutes(1), [new PlotLine("Ready", [.. points.Select(point => new PlotPoint(Since.AddMinutes(point.Minute), point.Value))])]);
}
