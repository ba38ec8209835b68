using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Travel.ServiceDefaults.Telemetry;

/// <summary>
/// Holds the trace and metric providers for as long as the process runs: built before any other service starts, flushed after the
/// last has stopped, together with the logs. (OpenTelemetry.Extensions.Hosting does the same, and is not on every feed.)
/// </summary>
internal sealed class TelemetryProviders(Func<TracerProvider?> traces, Func<MeterProvider?> metrics, LoggerProvider logs) : IHostedLifecycleService, IDisposable
{
    /// <summary>For what is still to be exported at the end. Whoever it is meant for may be gone already: the dashboard stops with us.</summary>
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

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

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var timeout = (int)FlushTimeout.TotalMilliseconds;
        await Task.WhenAll(
            Task.Run(() => tracerProvider?.Shutdown(timeout), CancellationToken.None),
            Task.Run(() => meterProvider?.Shutdown(timeout), CancellationToken.None),
            Task.Run(() => logs.Shutdown(timeout), CancellationToken.None));
        Dispose();
    }

    public void Dispose()
    {
        tracerProvider?.Dispose();
        meterProvider?.Dispose();
    }
}
