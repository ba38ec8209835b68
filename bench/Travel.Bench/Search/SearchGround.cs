using System.Diagnostics;
using Travel.Bench.Command;
using Travel.Bench.Servers;
using Travel.Domain;

namespace Travel.Bench.Search;

/// <summary>The reference data, loaded, and what is asked of it.</summary>
/// <param name="Mix">Questions about the places that there are.</param>
/// <param name="ListingIds">Of many listings, always the same.</param>
internal sealed record SearchGround(SearchMix Mix, IReadOnlyList<Guid> ListingIds)
{
    private const int Listed = 100_000;
    private const int CitiesAsked = 5000;

    private static readonly BenchOption Listings = new("listings", "how many there are", 100_000);
    private static readonly BenchOption Stays = new("stays", "how many there are, half of them past", 2_000_000);
    private static readonly BenchOption Seed = new("seed", "which questions", 1);

    /// <summary>Those of every bench that has this ground.</summary>
    public static IReadOnlyList<BenchOption> Options { get; } = [Listings, Stays, Seed];

    public static async Task<SearchGround> LayAsync(BenchSystem system, BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await using var db = await system.DatabaseAsync();
        var loading = Stopwatch.StartNew();
        await ReferenceData.LoadAsync(db, arguments.Number(Listings.Name), arguments.Number(Stays.Name), cancellationToken);
        await output.WriteLineAsync($"The reference data took {loading.Elapsed.TotalSeconds:N0} s.");
        var (ids, cities) = await ReferenceData.SomeAsync(db, Listed, cancellationToken);
        return new SearchGround(new SearchMix(cities[..Math.Min(CitiesAsked, cities.Count)], DateOnly.FromDateTime(system.Clock.GetUtcNow().UtcDateTime), arguments.Number(Seed.Name)), ids);
    }
}
