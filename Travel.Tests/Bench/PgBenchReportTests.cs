using Travel.Bench.Bookings;

namespace Travel.Tests.Bench;

public sealed class PgBenchReportTests
{
    /// <summary>Of PostgreSQL 15.</summary>
    private const string Output =
        """
        pgbench (15.14 (Debian 15.14-0+deb12u1))
        transaction type: -
        scaling factor: 1
        query mode: prepared
        number of clients: 16
        number of threads: 2
        maximum number of tries: 1
        duration: 10 s
        number of transactions actually processed: 12345
        number of failed transactions: 2 (0.016%)
        latency average = 12.962 ms
        initial connection time = 21.120 ms
        tps = 1234.373424 (without initial connection time)
        """;

    [Fact]
    public void What_pgbench_says_at_its_end_is_understood() =>
        PgBenchReport.Parse(Output).ShouldBe(new PgBenchReport(12_345, Failed: 2, 1234.373424, TimeSpan.FromMilliseconds(12.962)));

    [Theory]
    [InlineData("tps = ")]
    [InlineData("latency average = ")]
    [InlineData("number of transactions actually processed: ")]
    [InlineData("number of failed transactions: ")]
    public void Without_one_of_its_numbers_there_is_no_report(string line) =>
        Should.Throw<FormatException>(() => PgBenchReport.Parse(Output.Replace(line, "", StringComparison.Ordinal)));
}
