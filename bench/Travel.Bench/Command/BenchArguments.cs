using System.Globalization;

namespace Travel.Bench.Command;

/// <summary>What was said after the bench's name, and what is usual where nothing was said.</summary>
internal sealed class BenchArguments
{
    private readonly IReadOnlyList<BenchOption> options;
    private readonly Dictionary<string, int?> given = new(StringComparer.Ordinal);

    private BenchArguments(IReadOnlyList<BenchOption> options) => this.options = options;

    /// <exception cref="UsageException">There is no such option, or its value is none.</exception>
    public static BenchArguments Parse(IReadOnlyList<BenchOption> options, IReadOnlyList<string> words)
    {
        var arguments = new BenchArguments(options);
        for (var at = 0; at < words.Count; at++)
        {
            var option = options.FirstOrDefault(known => words[at] == "--" + known.Name) ?? throw new UsageException($"There is no option '{words[at]}'.");
            arguments.given[option.Name] = option.Usual is null ? null : ValueOf(option, ++at < words.Count ? words[at] : "");
        }

        return arguments;
    }

    public int Number(string name) => given.TryGetValue(name, out var value) ? value!.Value : OptionOf(name).Usual!.Value;

    public bool IsThere(string name) => given.ContainsKey(OptionOf(name).Name);

    /// <summary>As it would be typed, with what is usual.</summary>
    public override string ToString() => string.Join(' ', options
        .Where(option => option.Usual is not null || given.ContainsKey(option.Name))
        .Select(option => option.Usual is null ? $"--{option.Name}" : string.Create(CultureInfo.InvariantCulture, $"--{option.Name} {Number(option.Name)}")));

    private static int ValueOf(BenchOption option, string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new UsageException($"--{option.Name} ({option.Meaning}) takes a whole number above zero, not '{word}'.");

    private BenchOption OptionOf(string name) => options.Single(option => option.Name == name);
}
