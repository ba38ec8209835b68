using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>Starts DCP beside this process. It watches this process and ends everything it has started when this process is gone, however that came about.</summary>
internal sealed partial class DcpHost(Engines engines, IConfiguration configuration, TimeProvider time, ILogger<DcpHost> logger) : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    // Meant for the AppHost itself; a project gets its own from its launch profile.
    private static readonly string[] NotPassedOn = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    private DirectoryInfo? session;

    public async Task<DcpConnection> StartAsync(CancellationToken cancellationToken)
    {
        await engines.EnsureAsync(cancellationToken);
        session = Directory.CreateTempSubdirectory("aspire-dcp-");
        var kubeconfig = Path.Combine(session.FullName, "kubeconfig");
        // Without it DCP looks for one itself.
        string[] containerRuntime = configuration["ASPIRE_CONTAINER_RUNTIME"] is { Length: > 0 } runtime ? ["--container-runtime", runtime] : [];
        var start = new ProcessStartInfo(engines.Dcp, ["start-apiserver", "--monitor", $"{Environment.ProcessId}", "--detach", "--kubeconfig", kubeconfig, .. containerRuntime])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in NotPassedOn)
            start.Environment.Remove(name);
        start.Environment["DCP_SESSION_FOLDER"] = session.FullName;
        using (var process = Process.Start(start)!)
        {
            // It detaches, so this is the starter's end, not DCP's.
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new DistributedApplicationException($"DCP did not start (exit code {process.ExitCode}): {await process.StandardError.ReadToEndAsync(cancellationToken)}");
        }
        var connection = await WaitForConnectionAsync(kubeconfig, cancellationToken);
        Log.Started(logger, connection.Server);
        return connection;
    }

    public void Dispose()
    {
        // DCP clears its session folder when it ends; this is for when it never came up.
        if (session is { } folder && Directory.Exists(folder.FullName) && folder.GetFileSystemInfos().Length == 0)
            folder.Delete();
    }

    private async Task<DcpConnection> WaitForConnectionAsync(string kubeconfig, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        while (await poll.WaitForNextTickAsync(cancellationToken))
        {
            if (File.Exists(kubeconfig) && DcpConnection.TryRead(kubeconfig) is { } connection)
                return connection;
            if (time.GetElapsedTime(begun) > StartTimeout)
                throw new DistributedApplicationException($"DCP has not said within {StartTimeout.TotalSeconds} s where it can be reached.");
        }
        throw new OperationCanceledException(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "DCP listens at {Server}.")]
        public static partial void Started(ILogger logger, Uri server);
    }
}
