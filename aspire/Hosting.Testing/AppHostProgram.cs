using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Testing;

/// <summary>The Program of an AppHost on a thread of its own, which halts before it builds and again before it starts, until the test says so.</summary>
internal sealed class AppHostProgram(
    Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    : BuilderInterception
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mayStart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHostApplicationLifetime? lifetime;
    private TimeSpan shutdownTimeout;

    public Task<DistributedApplicationBuilder> BeginAsync()
    {
        var entryPoint = appHost.EntryPoint ?? throw new InvalidOperationException($"Assembly '{appHost.GetName().Name}' does not have an entry point.");
        new Thread(() => Run(entryPoint)) { IsBackground = true, Name = $"{appHost.GetName().Name}.EntryPoint" }.Start();
        return builder.Task;
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        mayBuild.TrySetResult();
        return application.Task.WaitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        mayStart.TrySetResult();
        return started.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Returns once the Program has come to its end, or has not within the time it had; its errors are then nobody's business any more.</summary>
    public async Task StopAsync()
    {
        // First: a Program that halts before its start then knows that it has been stopped and has not failed.
        lifetime?.StopApplication();
        mayBuild.TrySetCanceled();
        mayStart.TrySetCanceled();
        started.TrySetCanceled();
        if (application.Task.IsCompletedSuccessfully)
            await ended.Task.WaitAsync(shutdownTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        TestDefaults.Apply(options, settings, appHost, args);
        configureBuilder(options, settings);
        TestDefaults.ApplyLaunchProfile(options, settings);
    }

    public override void Building(DistributedApplicationBuilder builder)
    {
        this.builder.TrySetResult(builder);
        mayBuild.Task.GetAwaiter().GetResult();
    }

    public override void Built(DistributedApplication application)
    {
        lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();
        shutdownTimeout = application.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        this.application.TrySetResult(application);
    }

    public override Task StartingAsync(CancellationToken cancellationToken) => mayStart.Task.WaitAsync(cancellationToken);

    public override void Started() => started.TrySetResult();

    private void Run(MethodInfo entryPoint)
    {
        Current = this;
        try
        {
            object[] parameters = entryPoint.GetParameters().Length == 0 ? [] : [args];
            entryPoint.Invoke(obj: null, BindingFlags.DoNotWrapExceptions, binder: null, parameters, culture: null);
            Fail(new InvalidOperationException($"The entry point exited without building and starting a {nameof(DistributedApplication)}."));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            ended.TrySetResult();
        }
    }

    /// <summary>Tells whoever is waiting, and whoever will.</summary>
    private void Fail(Exception exception)
    {
        builder.TrySetException(exception);
        application.TrySetException(exception);
        started.TrySetException(exception);
    }
}
