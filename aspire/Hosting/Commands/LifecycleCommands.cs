using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Commands;

/// <summary>Start, stop and restart, on everything that DCP runs.</summary>
internal static class LifecycleCommands
{
    private static readonly string[] Busy = [KnownResourceStates.Starting, KnownResourceStates.RuntimeUnhealthy];

    public static void AddTo(IResource resource)
    {
        if (!resource.IsRun())
            return;
        resource.Annotations.Add(new ResourceCommandAnnotation(
            KnownResourceCommands.StartCommand,
            "Start",
            context => RunAsync(context, (executables, name) => executables.StartAsync(name, context.CancellationToken)),
            new()
            {
                Description = "Start resource",
                IconName = "Play",
                IconVariant = IconVariant.Filled,
                IsHighlighted = true,
                UpdateState = context => context.ResourceSnapshot.State?.Text switch
                {
                    null => ResourceCommandState.Disabled,
                    var state when Busy.Contains(state) => ResourceCommandState.Disabled,
                    var state when IsStopped(state) || state == KnownResourceStates.Waiting => ResourceCommandState.Enabled,
                    _ => ResourceCommandState.Hidden,
                },
            }));
        resource.Annotations.Add(new ResourceCommandAnnotation(
            KnownResourceCommands.StopCommand,
            "Stop",
            context => RunAsync(context, (executables, name) => executables.StopAsync(name, context.CancellationToken)),
            new()
            {
                Description = "Stop resource",
                IconName = "Stop",
                IconVariant = IconVariant.Filled,
                IsHighlighted = true,
                UpdateState = context => context.ResourceSnapshot.State?.Text switch
                {
                    null => ResourceCommandState.Hidden,
                    var state when state == KnownResourceStates.Stopping => ResourceCommandState.Disabled,
                    var state when IsStopped(state) || Busy.Contains(state) || state == KnownResourceStates.Waiting => ResourceCommandState.Hidden,
                    _ => ResourceCommandState.Enabled,
                },
            }));
        resource.Annotations.Add(new ResourceCommandAnnotation(
            KnownResourceCommands.RestartCommand,
            "Restart",
            context => RunAsync(context, async (executables, name) =>
            {
                await executables.StopAsync(name, context.CancellationToken);
                await executables.StartAsync(name, context.CancellationToken);
            }),
            new()
            {
                Description = "Restart resource",
                IconName = "ArrowCounterclockwise",
                IconVariant = IconVariant.Regular,
                UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            }));
    }

    private static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, Func<Executables, string, Task> action)
    {
        await action(context.Services.GetRequiredService<Executables>(), context.ResourceName);
        return CommandResults.Success();
    }

    // "Unknown" is what DCP calls a process it has lost: as good as stopped.
    private static bool IsStopped(string state) =>
        KnownResourceStates.TerminalStates.Contains(state) || state == "Unknown";
}
