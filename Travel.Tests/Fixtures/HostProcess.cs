using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Travel.Tests.Fixtures;

/// <summary>The AppHost's program with everything it starts, recognised by a variable that all of them inherit.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Mark = "TRAVEL_TEST_FAMILY";

    /// <summary>As long as the other graphs, beside which it starts.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(30);

    private readonly string family = Guid.NewGuid().ToString("N");
    private readonly StringBuilder output = new();
    private readonly HashSet<Member> seen = [];
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    private HostProcess(DirectoryInfo data)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace("Travel.Tests", "Travel.AppHost", StringComparison.Ordinal), "Travel.AppHost.dll");
        // env gives back to the program the SIGINT that a shell takes from what it starts in the background.
        process = new Process
        {
            StartInfo = new("env", ["--default-signal=INT", "dotnet", program, "--Backing=processes", $"--Data={data.FullName}", "--DcpPublisher:RandomizePorts=true"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { [Mark] = family, ["DOTNET_ENVIRONMENT"] = "Development", ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true" },
            },
        };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
    }

    /// <summary>Up with every service running, which is what the AppHost says once the last one that waits has been started.</summary>
    public static async Task<HostProcess> StartAsync(DirectoryInfo data)
    {
        var host = new HostProcess(data);
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        try
        {
            await host.started.Task.WaitAsync(StartTimeout);
        }
        catch (TimeoutException late)
        {
            var said = host.output.ToString();
            await host.DisposeAsync();
            throw new TimeoutException($"The AppHost has not started within {StartTimeout}: {said}", late);
        }

        return host;
    }

    public async Task EndAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
        await process.WaitForExitAsync().WaitAsync(EndTimeout);
    }

    /// <summary>
    /// All processes alive that carry the mark, descend from one that does, or did so before. Servers that write their title over their
    /// environment carry none, and children of a process that has died have lost their ancestor.
    /// </summary>
    public IReadOnlyList<Member> Family()
    {
        var alive = Directory.EnumerateDirectories("/proc").Select(folder => Member.Of(Path.GetFileName(folder))).OfType<Member>().ToList();
        foreach (var marked in alive.Where(member => Member.Read(member.Id, "environ").Contains($"{Mark}={family}", StringComparison.Ordinal)))
            seen.Add(marked);
        // A parent's start is older than its child's, so one pass in that order finds every generation.
        foreach (var child in alive.OrderBy(member => member.StartedAt).Where(child => alive.Any(parent => parent.Id == child.ParentId && seen.Contains(parent))))
            seen.Add(child);
        return [.. alive.Where(seen.Contains)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Family())
        {
            using var kill = Process.Start("kill", ["-KILL", $"{member.Id}"]);
            await kill.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Heard(string? line)
    {
        output.AppendLine(line);
        if (line?.Contains("Distributed application started", StringComparison.Ordinal) == true)
            started.TrySetResult();
    }
}

/// <param name="StartedAt">In ticks since the machine's own start; tells a process from a later one of the same id.</param>
internal sealed record Member(int Id, string Name, long StartedAt)
{
    // Not part of what makes it the same one: an orphan gets another.
    public int ParentId { get; private init; }

    public bool Equals(Member? other) => other is not null && (Id, StartedAt) == (other.Id, other.StartedAt);

    public override int GetHashCode() => HashCode.Combine(Id, StartedAt);

    public override string ToString() => $"{Name} ({Id})";

    /// <summary>From /proc/[id]/stat, see proc(5): the name stands in brackets and may contain anything. Null for what has ended.</summary>
    public static Member? Of(string folder)
    {
        if (!int.TryParse(folder, CultureInfo.InvariantCulture, out var id) || Read(id, "stat") is not { Length: > 0 } stat)
            return null;
        var open = stat.IndexOf('(', StringComparison.Ordinal);
        var close = stat.LastIndexOf(')');
        var fields = stat[(close + 2)..].Split(' ');
        // A zombie has ended; its parent has just not asked yet.
        return fields[0] == "Z"
            ? null
            : new(id, stat[(open + 1)..close], long.Parse(fields[19], CultureInfo.InvariantCulture)) { ParentId = int.Parse(fields[1], CultureInfo.InvariantCulture) };
    }

    // A process may end between being listed and being read.
    public static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
