using Travel.AppHost.Backing;
using Travel.Bench.Servers;

namespace Travel.Tests.Fixtures;

/// <summary>
/// Where the servers of a graph have their data while it lives. The variable BACKING decides what they run as, see
/// <see cref="BackingChoice"/>; by default they are processes.
/// </summary>
internal sealed class ThrowAwayData
{
    private static readonly string Backing = Environment.GetEnvironmentVariable("BACKING") is { Length: > 0 } backing ? backing : "processes";

    private readonly DirectoryInfo folder = Folder();

    /// <summary>What tells the AppHost of it.</summary>
    public string[] Arguments => [$"--Backing={Backing}", $"--Data={folder.FullName}"];

    /// <summary>Where the AppHost has hosts' pictures kept.</summary>
    public string Photos => Path.Combine(folder.FullName, "photos");

    /// <summary>Where a server that runs as a process has what is its own.</summary>
    public string Of(string server) => Path.Combine(folder.FullName, BackingChoice.Processes, server);

    public static DirectoryInfo Folder() => ThrowAwayFolder.Make("travel-tests-");

    public async Task DeleteAsync()
    {
        folder.Delete(recursive: true);
        if (Backing != "processes" && await ContainerEngine.FindAsync(wanted: null) is { } engine)
        {
            await engine.RemoveVolumesAsync(VolumeNames.Prefix(folder.FullName));
        }
    }
}
