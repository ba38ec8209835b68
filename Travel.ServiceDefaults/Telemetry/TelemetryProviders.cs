using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Travel.ServiceDefaults.Telemetry;

/// <summary>
/// Holds the trace and metric providers for as long as the process runs: built before any other service starts, flushed after the
/// last has stopped. (OpenTelemetry.Extensions.Hosting does the same, and is not on every feed.)
/// </summary>
internal sealed class TelemetryProviders(Func<TracerProvider> traces, Func<MeterProvider> metrics) : IHostedLifecycleService, IDisposable
{
    private TracerProvider? tracerProvider;
    private MeterProvider? meterProvider;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        tracerProvider = traces();
        meterProvider = metrics();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        tracerProvider?.Dispose();
        meterProvider?.Dispose();
    }
}
