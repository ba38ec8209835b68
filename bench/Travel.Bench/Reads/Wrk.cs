using System.Diagnostics;
using System.Globalization;
using Travel.Bench.Servers;

namespace Travel.Bench.Reads;

/// <summary>The load: wrk of Debian, in one thread, as many connections at a time as it is told, each of which asks again when it has its answer.</summary>
/// <param name="connections">How many.</param>
/// <param name="seconds">How long.</param>
internal sealed class Wrk(int connections, int seconds)
{
    /// <param name="server">Asked for each of the paths in turn, from the first on.</param>
    /// <exception cref="InvalidOperationException">Not every answer was 200, or wrk said something that is not understood.</exception>
    public async Task<LoadResult> AskAsync(Uri server, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var folder = ThrowAwayFolder.Make("travel-wrk-");
        try
        {
            var file = Path.Combine(folder.FullName, "paths");
            await File.WriteAllLinesAsync(file, paths, cancellationToken);
            var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, UseShellExecute = false };
            string[] arguments =
            [
                "--threads", "1", "--connections", connections.ToString(CultureInfo.InvariantCulture), "--duration", string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
                "--timeout", "10s", "--script", Path.Combine(AppContext.BaseDirectory, "Reads", "requests.lua"), server.AbsoluteUri, "--", file,
            ];
            Array.ForEach(arguments, start.ArgumentList.Add);
            using var wrk = Process.Start(start)!;
            await using var end = cancellationToken.Register(() => wrk.Kill());
            var said = await wrk.StandardOutput.ReadToEndAsync(cancellationToken);
            await wrk.WaitForExitAsync(cancellationToken);
            var result = LoadResult.Parse(said);
            return result.Failed == 0 ? result : throw new InvalidOperationException($"Of {result.Requests} answers {result.Failed} were not 200.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <param name="Failed">Requests that had another answer than success, or none.</param>
internal sealed record LoadResult(long Requests, TimeSpan Took, long Failed, TimeSpan P50, TimeSpan P95, TimeSpan P99)
{
    public double PerSecond => Requests / Took.TotalSeconds;

    /// <summary>What <c>requests.lua</c> writes, among what wrk writes itself.</summary>
    public static LoadResult Parse(string said)
    {
        var values = said.Split('\n').Select(line => line.Split(' '))
            .Where(words => words is [_, var number] && long.TryParse(number, CultureInfo.InvariantCulture, out _))
            .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        string[] needed = ["requests", "microseconds", "refused", "broken", "p50", "p95", "p99"];
        return needed.All(values.ContainsKey)
            ? new(values["requests"], Time("microseconds"), values["refused"] + values["broken"], Time("p50"), Time("p95"), Time("p99"))
            : throw new InvalidOperationException("wrk did not say what it has measured: " + said);

        TimeSpan Time(string name) => TimeSpan.FromMicroseconds(values[name]);
    }
}
