using System.Globalization;
using Travel.Bench.Command;
using Travel.Bench.Measures;
using Travel.Bench.Search;
using Travel.Bench.Servers;
using Travel.Contracts;

namespace Travel.Bench.Reads;

/// <summary>Whether the Api's memory stays where it is under a load that never asks the same for long: what is kept, and what is dropped for it.</summary>
internal static class ApiMemory
{
    private const string Connections = "connections";
    private const string Minutes = "minutes";

    private const int SamplesAMinute = 2;
    private const int Questions = 200_000;

    /// <summary>Of the time that came before: more is a leak, or a cache that knows no bound.</summary>
    private const double MostGrowth = 0.1;

    private const double BytesOfAMebibyte = 1024 * 1024;

    public static BenchEntry Entry { get; } = new(
        "api-memory",
        "whether the Api's memory stays where it is under load",
        [
            .. SearchGround.Options,
            new BenchOption(Connections, "how many ask at a time", 8),
            new BenchOption(Minutes, "how long", 10),
        ],
        RunAsync);

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await using var system = await BenchSystem.StartApiAsync(cancellationToken);
        var (mix, ids) = await SearchGround.LayAsync(system, arguments, output, cancellationToken);
        var paths = Enumerable.Range(0, Questions).Select(number => number % 4 == 0 ? mix.NextOfFilters() : $"/api/v1/listings/{ids[number % ids.Count]}");

        var samples = arguments.Number(Minutes) * SamplesAMinute;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = new Wrk(arguments.Number(Connections), arguments.Number(Minutes) * 60).AskAsync(system.Api, [.. paths], end.Token);
        var seen = new List<double>();
        for (var sample = 1; sample <= samples && !load.IsCompleted; sample++)
        {
            await Task.WhenAny(load, Task.Delay(TimeSpan.FromMinutes(1) / SamplesAMinute, cancellationToken));
            seen.Add(await system.MemoryAsync(ResourceNames.Api));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"after {sample / (double)SamplesAMinute:N1} min: {seen[^1] / BytesOfAMebibyte:N0} MiB"));
        }

        var done = await load;
        var third = seen.Count / 3;
        var (middle, last) = (Statistics.Median(seen[third..(2 * third)]), Statistics.Median(seen[(2 * third)..]));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{done.Requests} requests; median of the middle third {middle / BytesOfAMebibyte:N0} MiB, of the last third {last / BytesOfAMebibyte:N0} MiB."));
        return last <= middle * (1 + MostGrowth);
    }
}
