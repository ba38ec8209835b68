using Travel.Bench.Reads;

namespace Travel.Tests.Bench;

public sealed class LoadResultTests
{
    private const string Said =
        """
        Running 10s test @ http://127.0.0.1:5081/
          1 threads and 32 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency   617.56us  373.12us  10.68ms   94.41%
        Requests/sec:  50321.12
        Transfer/sec:    407.12MB
        requests 503211
        microseconds 10000000
        refused 3
        broken 4
        p50 580
        p95 900
        p99 1834
        """;

    [Fact]
    public void What_wrk_says_is_read_as_it_is()
    {
        var result = LoadResult.Parse(Said);

        result.ShouldBe(new LoadResult(
            503_211, TimeSpan.FromSeconds(10), Failed: 7, TimeSpan.FromMicroseconds(580), TimeSpan.FromMicroseconds(900), TimeSpan.FromMicroseconds(1834)));
        result.PerSecond.ShouldBe(50_321.1, tolerance: 0.01);
    }

    [Fact]
    public void What_wrk_has_not_measured_is_no_result() =>
        Should.Throw<InvalidOperationException>(() => LoadResult.Parse("unable to connect to 127.0.0.1:5081")).Message.ShouldContain("unable to connect");
}
