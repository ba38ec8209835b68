using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Projects;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Turns what DCP says about its processes and containers into snapshots, and copies what they write.</summary>
internal sealed partial class ExecutableWatcher(
    DcpApi dcp,
    ExecutableStore executables,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceUrls urls,
    Hierarchy hierarchy,
    ILogger<ExecutableWatcher> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Containers only where there are some: they need a container engine.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(executables.All.Select(e => e.Kind).Distinct().Select(kind => RunAsync(kind, cancellationToken)));

    private async Task RunAsync(DcpKind kind, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in dcp.WatchAsync<RunStatus>(kind.Plural, cancellationToken))
                {
                    if (change.Type != "DELETED" && executables.Find(change.Object.Metadata.Name) is { } executable)
                        await UpdateAsync(executable, change.Object, cancellationToken);
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException or DistributedApplicationException)
            {
                Log.WatchBroken(logger, e);
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public static CustomResourceSnapshot Describe(ExecutableInstance executable, CustomResourceSnapshot previous)
    {
        if (executable.Command is not { } command)
            return previous;
        executable.Resource.TryGetLastAnnotation<ProjectAnnotation>(out var project);
        List<ResourcePropertySnapshot> properties =
        [
            .. executable.Resource is ContainerResource container ? Containers.Properties(container) :
            [
                new(KnownProperties.ExecutablePath, command.Program) { DisplayName = "Executable path", SortOrder = 0 },
                new(KnownProperties.ExecutableWorkDir, command.WorkingDirectory) { DisplayName = "Working directory", SortOrder = 1 },
                new(KnownProperties.ExecutableArgs, ImmutableArray.CreateRange(command.Arguments.Select(a => a.Value))) { IsSensitive = true, DisplayName = "Executable arguments", SortOrder = 2 },
            ],
            new(KnownProperties.AppArgs, ImmutableArray.CreateRange(command.Arguments.Select(a => a.Value))) { IsSensitive = command.Arguments.Any(a => a.IsSecret) },
            new(KnownProperties.AppArgsSensitivity, ImmutableArray.CreateRange(command.Arguments.Select(a => a.IsSecret ? 1 : 0))),
        ];
        if (project is not null)
        {
            properties.Add(new(KnownProperties.ProjectPath, project.Metadata.ProjectPath) { DisplayName = "Project path", SortOrder = 0 });
            properties.Add(new(KnownProperties.ProjectLaunchProfile, project.Profile?.Name) { DisplayName = "Launch profile", SortOrder = 1 });
        }
        return previous with { Properties = previous.Properties.Set(properties) };
    }

    private async Task UpdateAsync(ExecutableInstance executable, DcpObject<RunStatus> current, CancellationToken cancellationToken)
    {
        if (current.Metadata.Uid == executable.RetiredUid || current.Status is not { State.Length: > 0 } status)
            return;
        var isNew = executable.Uid != current.Metadata.Uid;
        executable.Uid = current.Metadata.Uid;
        if (isNew)
            FollowLogs(executable, cancellationToken);

        notifications.TryGetCurrentState(executable.Name, out var before);
        // "Terminated" is what DCP calls a process that it has ended itself.
        var state = status.State == "Terminated" ? KnownResourceStates.Finished : status.State;
        await notifications.PublishUpdateAsync(executable.Resource, executable.Name, s => Describe(executable, s) with
        {
            State = state,
            // Of a container whose exit code is not known DCP says -1.
            ExitCode = status.ExitCode is -1 ? null : status.ExitCode,
            CreationTimeStamp = current.Metadata.CreationTimestamp?.ToUniversalTime(),
            StartTimeStamp = status.StartupTimestamp?.ToUniversalTime(),
            StopTimeStamp = status.FinishTimestamp?.ToUniversalTime(),
            Urls = urls.Of(executable.Resource, isActive: state == KnownResourceStates.Running),
            EnvironmentVariables = Variables(executable, status),
            Properties = Describe(executable, s).Properties.Set(executable.Kind == DcpKind.Container
                ? new ResourcePropertySnapshot(KnownProperties.ContainerId, status.ContainerId) { DisplayName = "Container ID", SortOrder = 1 }
                : new ResourcePropertySnapshot(KnownProperties.ExecutablePid, status.Pid) { DisplayName = "Process ID", SortOrder = 3 }),
        });
        await hierarchy.PassOnStateAsync(executable.Resource, state, status.StartupTimestamp?.ToUniversalTime(), status.FinishTimestamp?.ToUniversalTime());
        if (KnownResourceStates.TerminalStates.Contains(state) && before?.Snapshot.State?.Text is var old && (old is null || !KnownResourceStates.TerminalStates.Contains(old)))
            hierarchy.PublishStopped(executable.Resource, executable.Name, cancellationToken);
    }

    private static ImmutableArray<EnvironmentVariableSnapshot> Variables(ExecutableInstance executable, RunStatus status) =>
    [
        .. (status.EffectiveEnv ?? []).OrderBy(v => v.Name, StringComparer.Ordinal)
            .Select(v => new EnvironmentVariableSnapshot(v.Name, v.Value ?? "", executable.Command?.Environment.ContainsKey(v.Name) ?? false)),
    ];

    private void FollowLogs(ExecutableInstance executable, CancellationToken cancellationToken)
    {
        // A container's start, with the pulling of its image, is what its engine says of it.
        string[] sources = executable.Kind == DcpKind.Container ? ["startup_stdout", "startup_stderr", "stdout", "stderr", "system"] : ["stdout", "stderr", "system"];
        foreach (var source in sources)
            _ = FollowLogAsync(executable.Kind, executable.Name, source, cancellationToken);
    }

    private async Task FollowLogAsync(DcpKind kind, string name, string source, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in dcp.LogAsync(kind.Plural, name, source, cancellationToken))
            {
                // DCP speaks of its own doings only where something went wrong.
                if (source != "system" || line.Contains("\terror\t", StringComparison.Ordinal))
                    loggers.Append(name, line.Replace('\t', ' '), isError: source is not ("stdout" or "startup_stdout"));
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or DistributedApplicationException or OperationCanceledException)
        {
            // The application ends, or the process has been restarted and its log with it.
            Log.LogEnded(logger, name, source, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The watch on DCP broke off and begins anew.")]
        public static partial void WatchBroken(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Debug, "The {Source} log of {Name} ended: {Reason}")]
        public static partial void LogEnded(ILogger logger, string name, string source, string reason);
    }
}
