namespace Travel.Bench.Command;

/// <summary><c>bench/run &lt;bench&gt; [options]</c>: finds the bench and runs it, or says which there are.</summary>
internal sealed class BenchCommand(params BenchEntry[] benches)
{
    public const int Done = 0;
    public const int NotAsItMustBe = 1;
    public const int NotUnderstood = 2;
    public const int Interrupted = 130;

    public async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var bench = benches.FirstOrDefault(known => args.Count > 0 && known.Name == args[0]);
        if (bench is null)
        {
            await errors.WriteLineAsync(Usage());
            return NotUnderstood;
        }

        try
        {
            var arguments = BenchArguments.Parse(bench.Options, [.. args.Skip(1)]);
            await output.WriteLineAsync($"## {bench.Name} {arguments}");
            return await bench.RunAsync(arguments, output, cancellationToken) ? Done : NotAsItMustBe;
        }
        catch (UsageException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            await errors.WriteLineAsync(Usage());
            return NotUnderstood;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Interrupted.");
            return Interrupted;
        }
    }

    private string Usage() => string.Join(Environment.NewLine, benches.SelectMany(Lines).Prepend("bench/run <bench> [options]; what follows an option is its usual value:"));

    private static IEnumerable<string> Lines(BenchEntry bench) =>
    [
        "",
        $"  {bench.Name} {string.Join(' ', bench.Options)}",
        $"      {bench.Purpose}",
        .. bench.Options.Select(option => $"      --{option.Name}: {option.Meaning}"),
    ];
}
