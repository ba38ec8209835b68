using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Starts and stops processes and containers.</summary>
internal sealed partial class Executables(
    DcpApi dcp,
    ExecutableStore store,
    ExecutableSpecs specs,
    Hierarchy hierarchy,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services)
{
    /// <summary>Starts everything that starts by itself; returns when all of it has been started or has failed to.</summary>
    public Task StartAllAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(store.All.GroupBy(e => e.Resource).Select(group => Task.Run(() => FirstStartAsync(group.Key, [.. group], cancellationToken), cancellationToken)));

    public async Task StartAsync(string name, CancellationToken cancellationToken)
    {
        var executable = Find(name);
        var wasWaiting = false;
        await notifications.PublishUpdateAsync(executable.Resource, name, s =>
        {
            wasWaiting = s.State?.Text == KnownResourceStates.Waiting;
            return wasWaiting ? s with { State = KnownResourceStates.Starting } : s;
        });
        // Its start is under way and now does not wait any longer.
        if (wasWaiting)
            return;

        await executable.Initialized.WaitAsync(cancellationToken);
        await executable.Gate.WaitAsync(cancellationToken);
        try
        {
            await RemoveAsync(executable, cancellationToken);
            await BeginAsync(executable.Resource, [executable], cancellationToken);
            await CreateAsync(executable, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await FailAsync(executable.Resource, [executable], e);
            throw;
        }
        finally
        {
            executable.Gate.Release();
        }
    }

    public async Task StopAsync(string name, CancellationToken cancellationToken)
    {
        var executable = Find(name);
        await executable.Gate.WaitAsync(cancellationToken);
        try
        {
            if (await dcp.GetAsync<RunStatus>(executable.Kind.Plural, name, cancellationToken) is null)
                return;
            await dcp.PatchSpecAsync(executable.Kind.Plural, name, new { stop = true }, cancellationToken);
            await notifications.WaitForInstanceAsync(executable.Resource, name, s => KnownResourceStates.TerminalStates.Contains(s.State?.Text) || s.State?.Text == "Unknown", cancellationToken);
        }
        finally
        {
            executable.Gate.Release();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What keeps one resource from starting is shown on that resource; the others go on.")]
    private async Task FirstStartAsync(IResource resource, ExecutableInstance[] executables, CancellationToken cancellationToken)
    {
        try
        {
            await BeginAsync(resource, executables, cancellationToken);
            foreach (var executable in executables)
                await CreateAsync(executable, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            await FailAsync(resource, executables, e);
        }
        finally
        {
            foreach (var executable in executables)
                executable.MarkInitialized();
        }
    }

    /// <summary>Tells everybody, and waits for whatever the resource was told to wait for.</summary>
    private async Task BeginAsync(IResource resource, ExecutableInstance[] executables, CancellationToken cancellationToken)
    {
        await hierarchy.PublishConnectionStringAvailableAsync(resource, cancellationToken);
        foreach (var executable in executables)
        {
            await notifications.PublishUpdateAsync(resource, executable.Name, s => s with
            {
                State = KnownResourceStates.Starting,
                ExitCode = null,
                StopTimeStamp = null,
                Ready = null,
                HealthReports = Hierarchy.InitialHealthReports(resource),
            });
        }
        await hierarchy.PassOnStateAsync(resource, KnownResourceStates.Starting, startedAt: null, stoppedAt: null);
        var instance = executables is [var only] ? only.Name : null;
        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services) { InstanceName = instance }, cancellationToken);
    }

    private async Task CreateAsync(ExecutableInstance executable, CancellationToken cancellationToken)
    {
        var resource = executable.Resource;
        var command = await specs.ResolveAsync(resource, cancellationToken);
        executable.Command = command;
        await notifications.PublishUpdateAsync(resource, executable.Name, s => ExecutableWatcher.Describe(executable, s) with { State = KnownResourceStates.Starting });
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["otel-service-name"] = resource.Name,
            ["otel-service-instance-id"] = executable.Instance.Suffix,
        };
        var producers = resource.Annotations.OfType<EndpointAnnotation>()
            .Select(e => new ServiceProducer(EndpointAllocation.ServiceName(resource, e), e.TargetHost, e.TargetPort)).ToArray();
        if (producers.Length > 0)
            annotations["service-producer"] = JsonSerializer.Serialize(producers, DcpApi.Json);
        object spec = resource is ContainerResource container
            ? Containers.Spec(container, executable, command)
            : new ExecutableSpec(
                command.Program, command.WorkingDirectory, [.. command.Arguments.Select(a => a.Value)], [.. command.Environment.Select(v => new DcpVariable(v.Key, v.Value))]);
        await dcp.CreateAsync(executable.Kind.Plural, executable.Kind.Name, executable.Name, spec, annotations, cancellationToken);
    }

    /// <summary>DCP starts no object twice: a restart is a new one of the same name.</summary>
    private async Task RemoveAsync(ExecutableInstance executable, CancellationToken cancellationToken)
    {
        executable.RetiredUid = executable.Uid;
        await dcp.DeleteAsync(executable.Kind.Plural, executable.Name, cancellationToken);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await dcp.GetAsync<RunStatus>(executable.Kind.Plural, executable.Name, cancellationToken) is not null)
            await poll.WaitForNextTickAsync(cancellationToken);
    }

    private async Task FailAsync(IResource resource, ExecutableInstance[] executables, Exception e)
    {
        Log.FailedToStart(loggers.GetLogger(resource), resource.Name, e);
        foreach (var executable in executables)
            await notifications.PublishUpdateAsync(resource, executable.Name, s => s with { State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error) });
        await hierarchy.PassOnStateAsync(resource, KnownResourceStates.FailedToStart, startedAt: null, stoppedAt: null);
    }

    private ExecutableInstance Find(string name) => store.Find(name) ?? throw new DistributedApplicationException($"There is no process called '{name}'.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Failed to create resource {Name}")]
        public static partial void FailedToStart(ILogger logger, string name, Exception exception);
    }
}
