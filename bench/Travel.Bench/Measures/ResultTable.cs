using System.Globalization;
using System.Text;

namespace Travel.Bench.Measures;

/// <param name="Name">With its unit: <c>POST answer → mail, p50, ms</c>.</param>
internal sealed record Measure(string Name, double Value);

/// <summary>The same measures of several runs side by side, with their medians, as Markdown.</summary>
internal sealed class ResultTable
{
    private readonly List<IReadOnlyList<Measure>> runs = [];

    /// <summary>Measures as often as it is asked to, prints each run when it is done, and the whole at the end.</summary>
    public static async Task PrintAsync(int runs, TextWriter output, Func<Task<IReadOnlyList<Measure>>> measureAsync)
    {
        var table = new ResultTable();
        for (var run = 1; run <= runs; run++)
        {
            var measures = await measureAsync();
            table.Add(measures);
            await output.WriteLineAsync($"run {run}: {string.Join("; ", measures.Select(measure => $"{measure.Name} {Text(measure.Value)}"))}");
        }

        await output.WriteLineAsync();
        await output.WriteAsync(table.ToString());
    }

    public void Add(IReadOnlyList<Measure> run)
    {
        if (runs.Count > 0 && !runs[0].Select(measure => measure.Name).SequenceEqual(run.Select(measure => measure.Name), StringComparer.Ordinal))
        {
            throw new ArgumentException("Every run has the same measures.", nameof(run));
        }

        runs.Add(run);
    }

    public override string ToString()
    {
        var numbers = Enumerable.Range(1, runs.Count).Select(run => $"run {run}").ToList();
        var table = new StringBuilder();
        Line("", [.. numbers, "median"]);
        Line("---", Enumerable.Repeat("---:", runs.Count + 1));
        for (var row = 0; row < runs[0].Count; row++)
        {
            var values = runs.ConvertAll(run => run[row].Value);
            Line(runs[0][row].Name, values.Append(Statistics.Median(values)).Select(Text));
        }

        return table.ToString();

        void Line(string name, IEnumerable<string> cells) => table.Append("| ").AppendJoin(" | ", cells.Prepend(name)).AppendLine(" |");
    }

    /// <summary>Three digits that mean something, and none that do not.</summary>
    private static string Text(double value) => value.ToString(
        Math.Abs(value) switch
        {
            >= 100 => "N0",
            >= 10 => "N1",
            >= 1 => "N2",
            _ => "N3",
        },
        CultureInfo.InvariantCulture);
}
