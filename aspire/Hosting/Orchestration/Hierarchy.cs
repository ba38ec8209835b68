using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>What lives in another resource, a database in its server, hears what happens to that one.</summary>
internal sealed partial class Hierarchy(
    DistributedApplicationModel model,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IServiceProvider services)
{
    public static ImmutableArray<HealthReportSnapshot> InitialHealthReports(IResource resource) =>
        [.. resource.GetHealthCheckKeys().Select(key => new HealthReportSnapshot(key, Status: null, Description: null, ExceptionText: null))];

    /// <summary>Shows every resource, and lets those without a process bring themselves up.</summary>
    public async Task InitializeAsync(ResourceUrls urls, CancellationToken cancellationToken)
    {
        foreach (var resource in model.Resources)
        {
            await notifications.PublishUpdateAsync(resource, s => s with
            {
                Relationships = SnapshotDecoration.Relationships(resource),
                Urls = urls.Of(resource, isActive: false),
                HealthReports = InitialHealthReports(resource),
                Properties = resource.GetParent() is { } parent
                    ? s.Properties.Set(new ResourcePropertySnapshot(KnownProperties.ParentName, parent.GetResolvedResourceNames()[0]))
                    : s.Properties,
            });
            InBackground(resource, () => eventing.PublishAsync(new InitializeResourceEvent(resource, eventing, loggers, notifications, services), cancellationToken));
        }
    }

    public async Task PublishConnectionStringAvailableAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource is IResourceWithConnectionString)
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken);
        foreach (var child in Dependent(resource))
            await PublishConnectionStringAvailableAsync(child, cancellationToken);
    }

    /// <summary>Whoever publishes the event, the dashboard then shows the connection string, masked.</summary>
    public async Task ShowConnectionStringAsync(ConnectionStringAvailableEvent available, CancellationToken cancellationToken)
    {
        if (available.Resource is not IResourceWithConnectionString resource)
            return;
        var value = await resource.GetConnectionStringAsync(cancellationToken);
        await notifications.PublishUpdateAsync(resource, s => s with
        {
            Properties = s.Properties.Set(new ResourcePropertySnapshot(KnownProperties.ConnectionString, value) { IsSensitive = true }),
        });
    }

    /// <summary>A database is up when its container is. What lives in a process hears nothing: that is Aspire's way.</summary>
    public async Task PassOnStateAsync(IResource resource, string? state, DateTime? startedAt, DateTime? stoppedAt)
    {
        if (resource is not (ContainerResource or IResourceWithParent))
            return;
        foreach (var child in Dependent(resource))
        {
            await notifications.PublishUpdateAsync(child, s => s with { State = state, StartTimeStamp = startedAt, StopTimeStamp = stoppedAt });
            await PassOnStateAsync(child, state, startedAt, stoppedAt);
        }
    }

    public void PublishStopped(IResource resource, string instance, CancellationToken cancellationToken)
    {
        if (!notifications.TryGetCurrentState(instance, out var current))
            return;
        InBackground(resource, () => PublishStoppedAsync(resource, current, cancellationToken));
    }

    private async Task PublishStoppedAsync(IResource resource, ResourceEvent current, CancellationToken cancellationToken)
    {
        await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, current), cancellationToken);
        foreach (var child in Dependent(resource))
            await PublishStoppedAsync(child, current, cancellationToken);
    }

    private IEnumerable<IResource> Dependent(IResource resource) =>
        model.Resources.OfType<IResourceWithParent>().Where(child => ReferenceEquals(child.Parent, resource) && !child.HasOwnLifetime());

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Nobody waits for it, so the resource's console is where it can be seen.")]
    private void InBackground(IResource resource, Func<Task> action) => _ = Task.Run(async () =>
    {
        try
        {
            await action();
        }
        catch (OperationCanceledException)
        {
            Log.Cancelled(loggers.GetLogger(resource), resource.Name);
        }
        catch (Exception e)
        {
            Log.HandlerFailed(loggers.GetLogger(resource), resource.Name, e);
        }
    });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An event handler of {Name} failed.")]
        public static partial void HandlerFailed(ILogger logger, string name, Exception exception);

        [LoggerMessage(2, LogLevel.Debug, "An event handler of {Name} was cancelled.")]
        public static partial void Cancelled(ILogger logger, string name);
    }
}
