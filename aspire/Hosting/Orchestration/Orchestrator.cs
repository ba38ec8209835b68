using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Brings the whole model up, in the order in which its parts need each other, and down again.</summary>
internal sealed partial class Orchestrator(
    DcpHost host,
    DcpApi dcp,
    ExecutableStore store,
    Executables executables,
    ExecutableWatcher watcher,
    EndpointAllocation endpoints,
    ResourceUrls urls,
    ParameterValues parameters,
    Hierarchy hierarchy,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    DistributedApplicationModel model,
    IServiceProvider services,
    ILogger<Orchestrator> logger) : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task watching = Task.CompletedTask;
    private bool running;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        var starting = linked.Token;
        eventing.Subscribe<BeforeResourceStartedEvent>(WaitUnlessToldToStartAsync);
        eventing.Subscribe<ConnectionStringAvailableEvent>(hierarchy.ShowConnectionStringAsync);
        store.Fill();
        dcp.Connect(await host.StartAsync(starting));
        running = true;

        await hierarchy.InitializeAsync(urls, stopping.Token);
        await parameters.PublishAsync(starting);
        await endpoints.AllocateAsync(starting);
        await urls.WorkOutAsync(starting);
        foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>())
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), starting);

        watching = watcher.RunAsync(stopping.Token);
        await executables.StartAllAsync(starting);
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), starting);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!running)
            return;
        running = false;
        await stopping.CancelAsync();
        try
        {
            await watching;
        }
        catch (OperationCanceledException)
        {
            Log.WatchEnded(logger);
        }
        try
        {
            await dcp.StopEverythingAsync(cancellationToken);
            // So that whoever sees this process end may take it that the processes it had started have ended too.
            await dcp.WaitUntilGoneAsync(cancellationToken);
        }
        catch (HttpRequestException e)
        {
            // It also stops by itself once this process is gone.
            Log.NotTold(logger, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        stopping.Dispose();
    }

    /// <summary>Waits for what the resource was told to wait for, or until a person has its start forced.</summary>
    private async Task WaitUnlessToldToStartAsync(BeforeResourceStartedEvent starting, CancellationToken cancellationToken)
    {
        if (!starting.Resource.HasAnnotationOfType<WaitAnnotation>())
            return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waitingSeen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var forced = notifications.WaitForResourceAsync(
            starting.Resource.Name,
            e =>
            {
                if (starting.InstanceName is { } instance && !string.Equals(instance, e.ResourceId, StringComparison.OrdinalIgnoreCase))
                    return false;
                if (e.Snapshot.State?.Text != KnownResourceStates.Waiting)
                    return waitingSeen.Contains(e.ResourceId);
                waitingSeen.Add(e.ResourceId);
                return false;
            },
            ended.Token);
        try
        {
            await await Task.WhenAny(notifications.WaitForDependenciesAsync(starting.Resource, ended.Token), forced);
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The watch on DCP has ended.")]
        public static partial void WatchEnded(ILogger logger);

        [LoggerMessage(2, LogLevel.Debug, "DCP could not be told to stop.")]
        public static partial void NotTold(ILogger logger, Exception exception);
    }
}
