namespace Travel.Bench.Measures;

internal static class Statistics
{
    /// <summary>The nearest-rank percentile: the smallest value that is not below <paramref name="percent"/> of all.</summary>
    /// <exception cref="InvalidOperationException">There are no values.</exception>
    public static double Percentile(IReadOnlyCollection<double> values, double percent)
    {
        var rank = (int)Math.Ceiling(percent / 100 * values.Count);
        return Sorted(values)[Math.Max(rank, 1) - 1];
    }

    /// <summary>The one in the middle; of an even number the mean of the two there.</summary>
    /// <exception cref="InvalidOperationException">There are no values.</exception>
    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = Sorted(values);
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static List<double> Sorted(IReadOnlyCollection<double> values) =>
        values.Count == 0 ? throw new InvalidOperationException("Nothing was measured.") : [.. values.Order()];
}
