using Travel.Bench.Command;
using Travel.Bench.Measures;
using Travel.Bench.Search;
using Travel.Bench.Servers;
using Travel.Contracts;

namespace Travel.Bench.Reads;

/// <summary>Pages that are kept beside a bare server that sends the same bytes, and searches that nobody has asked before.</summary>
internal sealed class ReadRate(BenchSystem system, HttpClient client, Wrk wrk, SearchMix mix)
{
    private const string Connections = "connections";
    private const string Seconds = "seconds";

    /// <summary>More than can be asked in the time of a run.</summary>
    private const int QuestionsASecond = 4000;

    public static BenchEntry Entry { get; } = new(
        "reads",
        "pages that are kept, beside a bare Kestrel with the same bytes, and searches that are not",
        [
            .. SearchGround.Options,
            new BenchOption(Connections, "how many ask at a time", 32),
            new BenchOption(Seconds, "how long each", 10),
            BenchOption.Runs,
        ],
        RunAsync);

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await using var system = await BenchSystem.StartApiAndYardstickAsync(cancellationToken);
        var ground = await SearchGround.LayAsync(system, arguments, output, cancellationToken);
        using var client = new HttpClient();
        var seconds = arguments.Number(Seconds);
        var bench = new ReadRate(system, client, new Wrk(arguments.Number(Connections), seconds), ground.Mix);
        var list = new Uri(system.Api, "/api/v1/listings");
        var one = new Uri(list, $"listings/{ground.ListingIds[0]}");
        // .NET compiles what runs often a second time.
        await bench.MeasureAsync(list, one, seconds, cancellationToken);
        await ResultTable.PrintAsync(arguments.Number(BenchOption.Runs.Name), output, () => bench.MeasureAsync(list, one, seconds, cancellationToken));
        return true;
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync(Uri list, Uri one, int seconds, CancellationToken cancellationToken) =>
    [
        .. await BesideYardstickAsync("list page, kept", list, cancellationToken),
        .. await BesideYardstickAsync("details, kept", one, cancellationToken),
        .. await NewSearchesAsync(seconds * QuestionsASecond, cancellationToken),
    ];

    private async Task<List<Measure>> BesideYardstickAsync(string what, Uri page, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(page, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await Yardstick.ImitateAsync(client, system.Yardstick, answer, cancellationToken);
        var (bare, _) = await LoadAsync(system.Yardstick, [page.PathAndQuery], cancellationToken);
        var (ours, cpu) = await LoadAsync(system.Api, [page.PathAndQuery], cancellationToken);
        return
        [
            new($"{what}, requests/s", ours.PerSecond),
            new($"{what}, bare Kestrel, requests/s", bare.PerSecond),
            new($"{what}, of bare Kestrel, %", 100 * ours.PerSecond / bare.PerSecond),
            new($"{what}, p50, ms", ours.P50.TotalMilliseconds),
            new($"{what}, p99, ms", ours.P99.TotalMilliseconds),
            new($"{what}, CPU ms per request, all services", cpu.Values.Sum()),
        ];
    }

    private async Task<List<Measure>> NewSearchesAsync(int questions, CancellationToken cancellationToken)
    {
        var (answers, cpu) = await LoadAsync(system.Api, Enumerable.Range(0, questions).Select(_ => mix.NextOfFilters()), cancellationToken);
        if (answers.Requests > questions)
        {
            throw new InvalidOperationException($"{answers.Requests} searches were answered, and only {questions} of them were new.");
        }

        return
        [
            new("new searches, requests/s", answers.PerSecond),
            new("new searches, p50, ms", answers.P50.TotalMilliseconds),
            new("new searches, p95, ms", answers.P95.TotalMilliseconds),
            new("new searches, p99, ms", answers.P99.TotalMilliseconds),
            new("new searches, CPU ms per request, all services", cpu.Values.Sum()),
            .. cpu.Select(service => new Measure($"new searches, CPU ms per request, {service.Key}", service.Value)),
        ];
    }

    /// <returns>Beside what was measured, milliseconds of CPU time per request of each service but the yardstick.</returns>
    private async Task<(LoadResult Load, Dictionary<string, double> Cpu)> LoadAsync(Uri server, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var before = await system.CpuAsync();
        var load = await wrk.AskAsync(server, paths, cancellationToken);
        var cpu = await system.CpuPerPieceAsync(before, load.Requests);
        return (load, cpu.Where(service => service.Key != Reads.Yardstick.Name).ToDictionary(StringComparer.Ordinal));
    }
}
