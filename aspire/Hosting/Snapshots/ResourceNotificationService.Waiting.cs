using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

public sealed class ResourceNotificationServiceOptions
{
    public WaitBehavior DefaultWaitBehavior { get; set; }
}

public partial class ResourceNotificationService
{
    internal WaitBehavior DefaultWaitBehavior => services.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>().Value.DefaultWaitBehavior;

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(resourceName, e => e.Snapshot.State?.Text is { } state && wanted.Contains(state), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (var change in WatchAsync(cancellationToken))
            {
                if (string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
                    return change;
            }
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException($"Resource '{resourceName}' did not get where it was waited for: {LastKnown(resourceName)}.", e, cancellationToken);
        }
        throw new OperationCanceledException($"Watching resource '{resourceName}' ended.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var stop = waitBehavior == WaitBehavior.StopOnResourceUnavailable;
        if (stop && !services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(resourceName, out _))
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");

        var change = await WaitForResourceAsync(
            resourceName, e => e.Snapshot.HealthStatus == HealthStatus.Healthy || (stop && IsUnavailable(e.Snapshot)), cancellationToken);
        if (change.Snapshot.HealthStatus != HealthStatus.Healthy)
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start: {LastKnown(resourceName)}.");
        return await WaitForReadyAsync(change.Resource, change.ResourceId, cancellationToken);
    }

    internal static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state && (KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.RuntimeUnhealthy);

    /// <summary>Waits until the handlers of the ready event have run, and fails as they have.</summary>
    internal async Task<ResourceEvent> WaitForReadyAsync(IResource resource, string resourceId, CancellationToken cancellationToken)
    {
        var ready = await WaitForInstanceAsync(resource, resourceId, s => s.Ready is not null, cancellationToken);
        await ready.Snapshot.Ready!.WaitAsync(cancellationToken);
        return ready;
    }

    internal Task<ResourceEvent> WaitForInstanceAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, bool> predicate, CancellationToken cancellationToken) =>
        WaitForResourceAsync(resource.Name, e => string.Equals(e.ResourceId, resourceId, StringComparison.OrdinalIgnoreCase) && predicate(e.Snapshot), cancellationToken);

    private string LastKnown(string resourceName)
    {
        var states = entries.Where(e => string.Equals(e.Value.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase))
            .Select(e => $"{e.Key} is {e.Value.Last?.State?.Text ?? "unknown"}, health {e.Value.Last?.HealthStatus?.ToString() ?? "none"}"
                + string.Concat(e.Value.Last?.HealthReports.Where(r => r.Status is not HealthStatus.Healthy).Select(r => $", check {r.Name}: {r.Description ?? "no answer yet"}") ?? []));
        return string.Join("; ", states) is { Length: > 0 } known ? known : "nothing is known of it";
    }
}
