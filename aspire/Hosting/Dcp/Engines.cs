using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// The two programs behind Aspire, DCP and the dashboard: the real ones, unpacked from the Aspire CLI's npm package into the user's
/// cache when they are needed for the first time.
/// </summary>
internal sealed partial class Engines(ILogger<Engines> logger) : IDisposable
{
    private const string Version = "13.5.4";

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly string directory = Path.Combine(CacheDirectory(), "travel-aspire", Version);

    public string Dcp => Path.Combine(directory, "bundle", "dcp", Executable("dcp"));

    public string Dashboard => Path.Combine(directory, "bundle", "managed", Executable("aspire-managed"));

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!Directory.Exists(directory))
                await InstallAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
        if (!File.Exists(Dcp) || !File.Exists(Dashboard))
            throw new DistributedApplicationException($"'{directory}' is incomplete: delete it, and the next start gets it again.");
    }

    public void Dispose() => gate.Dispose();

    /// <summary>Everything happens beside the final folder, which then appears at once: of two hosts that start together the second to finish throws its own away.</summary>
    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        var package = $"@microsoft/aspire-cli-{RuntimeInformation.RuntimeIdentifier}@{Version}";
        Log.Installing(logger, package, directory);
        var work = $"{directory}.{Guid.NewGuid():N}";
        var download = Path.Combine(work, "download");
        // The CLI finds what it has unpacked only beside itself or in the user's home, and gives up what it does not find.
        var cli = Path.Combine(download, "package");
        Directory.CreateDirectory(download);
        try
        {
            await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["pack", package, "--pack-destination", download, "--silent"],
                "npm, which comes with Node.js, is needed once to get the Aspire dashboard and its orchestrator", cancellationToken);
            var archive = Directory.EnumerateFiles(download, "*.tgz").Single();
            await using (var file = File.OpenRead(archive))
            await using (var zip = new GZipStream(file, CompressionMode.Decompress))
                await TarFile.ExtractToDirectoryAsync(zip, download, overwriteFiles: false, cancellationToken);
            await RunAsync(Path.Combine(cli, "bin", Executable("aspire")), ["setup", "--install-path", cli], "the Aspire CLI could not unpack its bundle", cancellationToken);
            PutInPlace(cli);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private void PutInPlace(string unpacked)
    {
        // What is called "bundle" may be a link into "versions", which would not survive the move.
        var bundle = Path.Combine(unpacked, "bundle");
        var target = Directory.ResolveLinkTarget(bundle, returnFinalTarget: true)?.FullName ?? bundle;
        var final = Path.Combine(unpacked, "final");
        Directory.CreateDirectory(final);
        Directory.Move(target, Path.Combine(final, "bundle"));
        try
        {
            Directory.Move(final, directory);
        }
        catch (IOException) when (Directory.Exists(directory))
        {
            Log.AlreadyThere(logger, directory);
        }
    }

    private static async Task RunAsync(string program, string[] arguments, string otherwise, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new DistributedApplicationException($"Could not start '{program}': {otherwise}.", e);
        }
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new DistributedApplicationException($"'{Path.GetFileName(program)} {string.Join(' ', arguments)}' failed with exit code {process.ExitCode}; {otherwise}.{Environment.NewLine}{error}{await output}");
        }
    }

    private static string CacheDirectory()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg)
            return xdg;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache");
    }

    private static string Executable(string name) => OperatingSystem.IsWindows() ? $"{name}.exe" : name;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Getting the Aspire dashboard and its orchestrator ({Package} from npm, about 130 MB, once) into {Directory}.")]
        public static partial void Installing(ILogger logger, string package, string directory);

        [LoggerMessage(2, LogLevel.Debug, "{Directory} has been put there by somebody else meanwhile.")]
        public static partial void AlreadyThere(ILogger logger, string directory);
    }
}
