namespace Travel.Bench.Command;

/// <summary>One bench as it is called on the command line.</summary>
/// <param name="Purpose">What it measures, in one line.</param>
/// <param name="RunAsync">Prints what it has measured; false when what it looked at is not as it must be.</param>
internal sealed record BenchEntry(
    string Name, string Purpose, IReadOnlyList<BenchOption> Options, Func<BenchArguments, TextWriter, CancellationToken, Task<bool>> RunAsync);

/// <param name="Usual">The value without the option; null for one that takes none and is either there or not.</param>
internal sealed record BenchOption(string Name, string Meaning, int? Usual)
{
    /// <summary>How often a bench measures; the median counts.</summary>
    public static BenchOption Runs { get; } = new("runs", "how often it is measured", 3);

    public override string ToString() => Usual is { } usual ? $"--{Name} {usual}" : $"[--{Name}]";
}

/// <summary>Somebody has asked for what there is not: says it in one sentence.</summary>
internal sealed class UsageException(string sentence) : Exception(sentence);
