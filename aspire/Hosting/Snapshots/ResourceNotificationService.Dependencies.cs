using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    /// <summary>Returns once everything the resource was told to wait for is there; meanwhile it shows as waiting, and for what.</summary>
    public async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().ToArray();
        if (waits.Length == 0)
            return;
        var open = waits.SelectMany(w => w.Resource.GetResolvedResourceNames().Select(name => (Wait: w, Name: name))).ToList();
        var gate = new Lock();
        await ShowWaitingAsync(resource, open.Select(o => o.Name));
        var logger = loggers.GetLogger(resource);
        await Task.WhenAll(open.ToArray().Select(async dependency =>
        {
            await WaitForDependencyAsync(resource, dependency.Wait, dependency.Name, cancellationToken);
            Log.DependencyThere(logger, dependency.Name);
            string[] left;
            lock (gate)
            {
                open.Remove(dependency);
                left = [.. open.Select(o => o.Name)];
            }
            await ShowWaitingAsync(resource, left);
        }));
    }

    private async Task WaitForDependencyAsync(IResource resource, WaitAnnotation wait, string name, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(resource);
        if (wait.WaitType == WaitType.WaitForCompletion)
        {
            Log.WaitingForCompletion(logger, name);
            var ended = await WaitForInstanceAsync(wait.Resource, name, s => KnownResourceStates.TerminalStates.Contains(s.State?.Text), cancellationToken);
            if (ended.Snapshot.State!.Text == KnownResourceStates.FailedToStart)
                throw Gone(resource, name, "it failed to start");
            if (ended.Snapshot.ExitCode is { } code && code != wait.ExitCode)
                throw Gone(resource, name, $"it ended with exit code {code}, expected {wait.ExitCode}");
            return;
        }

        var stop = (wait.WaitBehavior ?? DefaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable;
        Log.WaitingForRunning(logger, name);
        var there = await WaitForInstanceAsync(wait.Resource, name, s => s.State?.Text == KnownResourceStates.Running || (stop && IsUnavailable(s)), cancellationToken);
        if (there.Snapshot.State?.Text != KnownResourceStates.Running)
            throw Gone(resource, name, $"it is {there.Snapshot.State?.Text}");

        Log.WaitingForHealthy(logger, name);
        var healthy = await WaitForInstanceAsync(wait.Resource, name, s => s.HealthStatus == HealthStatus.Healthy || (stop && IsUnavailable(s)), cancellationToken);
        if (healthy.Snapshot.HealthStatus != HealthStatus.Healthy)
            throw Gone(resource, name, $"it is {healthy.Snapshot.State?.Text}");
        await WaitForReadyAsync(wait.Resource, name, cancellationToken);
    }

    private Task ShowWaitingAsync(IResource resource, IEnumerable<string> names)
    {
        string[] waitingFor = [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
        return PublishUpdateAsync(resource, s => s.State is null || s.State.Text == KnownResourceStates.Starting || s.State.Text == KnownResourceStates.Waiting
            ? s with
            {
                State = KnownResourceStates.Waiting,
                Properties = waitingFor.Length == 0 ? s.Properties.Without(KnownProperties.WaitingFor) : s.Properties.Set(new ResourcePropertySnapshot(KnownProperties.WaitingFor, waitingFor)),
            }
            : s);
    }

    private static DistributedApplicationException Gone(IResource resource, string dependency, string why) =>
        new($"Resource '{resource.Name}' stopped waiting for dependency resource '{dependency}' because {why}.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Waiting for resource '{Name}' to enter the 'Running' state.")]
        public static partial void WaitingForRunning(ILogger logger, string name);

        [LoggerMessage(2, LogLevel.Information, "Waiting for resource '{Name}' to become healthy.")]
        public static partial void WaitingForHealthy(ILogger logger, string name);

        [LoggerMessage(3, LogLevel.Information, "Waiting for resource '{Name}' to complete.")]
        public static partial void WaitingForCompletion(ILogger logger, string name);

        [LoggerMessage(4, LogLevel.Information, "Finished waiting for resource '{Name}'.")]
        public static partial void DependencyThere(ILogger logger, string name);
    }
}
