using System.Collections.Concurrent;
using System.Diagnostics;
using Travel.Bench.Bookings;
using Travel.Bench.Command;
using Travel.Bench.Measures;
using Travel.Bench.Servers;

namespace Travel.Bench.Search;

/// <summary>How long an answer to a search with dates takes, of as many listings and stays as Travel is planned for, at a constant rate of searches.</summary>
internal sealed class SearchLatency(BenchSystem system, SearchMix mix, HttpClient client)
{
    private const string Listings = "listings";
    private const string Stays = "stays";
    private const string Rate = "rate";
    private const string Seconds = "seconds";
    private const string Seed = "seed";

    private const int WarmUp = 1000;
    private const int WarmUpAtATime = 2;

    public static BenchEntry Entry { get; } = new(
        "search",
        "from a search with dates until its answer is read",
        [
            new BenchOption(Listings, "how many there are", 100_000),
            new BenchOption(Stays, "how many there are, half of them past", 2_000_000),
            new BenchOption(Rate, "searches a second", 50),
            new BenchOption(Seconds, "how long", 20),
            new BenchOption(Seed, "which questions", 1),
            BenchOption.Runs,
        ],
        RunAsync);

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await using var system = await BenchSystem.StartApiAsync(cancellationToken);
        await using var db = await system.DatabaseAsync();
        var loading = Stopwatch.StartNew();
        await ReferenceData.LoadAsync(db, arguments.Number(Listings), arguments.Number(Stays), cancellationToken);
        await output.WriteLineAsync($"The reference data took {loading.Elapsed.TotalSeconds:N0} s.");
        var cities = await ReferenceData.CitiesAsync(db, 5000, cancellationToken);
        using var client = new HttpClient { BaseAddress = system.Api };
        var bench = new SearchLatency(system, new SearchMix(cities, DateOnly.FromDateTime(system.Clock.GetUtcNow().UtcDateTime), arguments.Number(Seed)), client);
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
        var after = await system.CpuAsync();
        var cpu = after.Sum(service => (service.Value - before[service.Key]).TotalMilliseconds);
        return
        [
            new("search → its answer, p50, ms", Statistics.Percentile(answers, 50)),
            new("search → its answer, p95, ms", Statistics.Percentile(answers, 95)),
            new("search → its answer, p99, ms", Statistics.Percentile(answers, 99)),
            new("search → its answer, longest, ms", answers.Max()),
            new("CPU per search, all services, ms", cpu / searches),
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
