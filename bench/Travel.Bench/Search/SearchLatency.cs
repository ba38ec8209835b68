using System.Collections.Concurrent;
using Travel.Bench.Bookings;
using Travel.Bench.Command;
using Travel.Bench.Measures;
using Travel.Bench.Servers;

namespace Travel.Bench.Search;

/// <summary>How long an answer to a search with dates takes, of as many listings and stays as Travel is planned for, at a constant rate of searches.</summary>
internal sealed class SearchLatency(BenchSystem system, SearchMix mix, HttpClient client)
{
    private const string Rate = "rate";
    private const string Seconds = "seconds";

    private const int WarmUp = 1000;
    private const int WarmUpAtATime = 2;

    public static BenchEntry Entry { get; } = new(
        "search",
        "from a search with dates until its answer is read",
        [
            .. SearchGround.Options,
            new BenchOption(Rate, "searches a second", 50),
            new BenchOption(Seconds, "how long", 20),
            BenchOption.Runs,
        ],
        RunAsync);

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await using var system = await BenchSystem.StartApiAsync(cancellationToken);
        var ground = await SearchGround.LayAsync(system, arguments, output, cancellationToken);
        using var client = new HttpClient { BaseAddress = system.Api };
        var bench = new SearchLatency(system, ground.Mix, client);
        await Pace.FlatOutAsync(WarmUp, WarmUpAtATime, bench.SearchAsync, cancellationToken);
        await ResultTable.PrintAsync(
            arguments.Number(BenchOption.Runs.Name),
            output,
            () => bench.MeasureAsync(arguments.Number(Rate) * arguments.Number(Seconds), arguments.Number(Rate), cancellationToken));
        return true;
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync(int searches, int rate, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentBag<double>();
        var before = await system.CpuAsync();
        await Pace.ConstantAsync(searches, rate, system.Clock, TimedAsync, cancellationToken);
        var cpu = await system.CpuPerPieceAsync(before, searches);
        return
        [
            new("search → its answer, p50, ms", Statistics.Percentile(answers, 50)),
            new("search → its answer, p95, ms", Statistics.Percentile(answers, 95)),
            new("search → its answer, p99, ms", Statistics.Percentile(answers, 99)),
            new("search → its answer, longest, ms", answers.Max()),
            new("CPU per search, all services, ms", cpu.Values.Sum()),
        ];

        async Task TimedAsync(CancellationToken token)
        {
            var begun = system.Clock.GetUtcNow();
            await SearchAsync(token);
            answers.Add((system.Clock.GetUtcNow() - begun).TotalMilliseconds);
        }
    }

    private async Task SearchAsync(CancellationToken cancellationToken)
    {
        string question;
        lock (mix)
        {
            question = mix.Next();
        }

        using var answer = await client.GetAsync(new Uri(question, UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
