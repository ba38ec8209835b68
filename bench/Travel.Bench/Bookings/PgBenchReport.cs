using System.Globalization;
using System.Text.RegularExpressions;

namespace Travel.Bench.Bookings;

/// <summary>What pgbench says at its end.</summary>
/// <param name="PerSecond">Transactions, without the time that it took to connect.</param>
internal sealed partial record PgBenchReport(long Transactions, long Failed, double PerSecond, TimeSpan Latency)
{
    /// <exception cref="FormatException">It says something else.</exception>
    public static PgBenchReport Parse(string output) => new(
        long.Parse(Field(output, ActuallyProcessed()), CultureInfo.InvariantCulture),
        long.Parse(Field(output, FailedOnes()), CultureInfo.InvariantCulture),
        double.Parse(Field(output, Rate()), CultureInfo.InvariantCulture),
        TimeSpan.FromMilliseconds(double.Parse(Field(output, Average()), CultureInfo.InvariantCulture)));

    private static string Field(string output, Regex line) => line.Match(output) is { Success: true } match
        ? match.Groups["value"].Value
        : throw new FormatException($"pgbench does not say '{line}', but: {output}");

    [GeneratedRegex(@"^number of transactions actually processed: (?<value>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ActuallyProcessed();

    [GeneratedRegex(@"^number of failed transactions: (?<value>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FailedOnes();

    [GeneratedRegex(@"^tps = (?<value>[\d.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^latency average = (?<value>[\d.]+) ms", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Average();
}
