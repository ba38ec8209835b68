using System.ComponentModel;
using System.Diagnostics;

namespace Travel.AppHost.Backing;

/// <summary>Docker or Podman, over its command line.</summary>
internal sealed class ContainerEngine
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PullTimeout = TimeSpan.FromMinutes(15);

    private readonly string command;

    private ContainerEngine(string command) => this.command = command;

    /// <param name="wanted">The only one to look for; without it, the first that answers.</param>
    public static async Task<ContainerEngine?> FindAsync(string? wanted)
    {
        foreach (var engine in (wanted is null ? ["docker", "podman"] : (string[])[wanted]).Select(command => new ContainerEngine(command)))
        {
            // The version of Docker's server can be had only from one that runs; Podman needs none.
            if ((await engine.RunAsync(AnswerTimeout, "version")).Success)
                return engine;
        }

        return null;
    }

    /// <summary>Null when the image is here, or has just been pulled; else why not.</summary>
    public async Task<string?> GetImageAsync(string image)
    {
        if ((await RunAsync(AnswerTimeout, "image", "inspect", image)).Success)
            return null;
        Console.WriteLine($"Pulling {image}");
        var pull = await RunAsync(PullTimeout, "pull", image);
        return pull.Success ? null : pull.Text.Trim().Split('\n')[^1];
    }

    public async Task RemoveVolumesAsync(string prefix)
    {
        var all = await RunAsync(AnswerTimeout, "volume", "ls", "--quiet");
        foreach (var volume in all.Text.Split('\n').Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            await RunAsync(AnswerTimeout, "volume", "rm", volume);
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public Task KillAsync(string container) => RunAsync(AnswerTimeout, "kill", container);

    /// <summary>Runs a command in it.</summary>
    public Task<(bool Success, string Text)> ExecuteAsync(string container, params string[] arguments) => RunAsync(AnswerTimeout, ["exec", container, .. arguments]);

    /// <returns>Has it ended well, and what it has said, by its error output if there is any.</returns>
    private async Task<(bool Success, string Text)> RunAsync(TimeSpan timeout, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(timeout);
        using var process = new Process { StartInfo = new(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode == 0, error.Length > 0 ? error : await output);
        }
        catch (Win32Exception missing)
        {
            return (false, missing.Message);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            return (false, $"{command} has not answered within {timeout.TotalSeconds:F0} s");
        }
    }
}
