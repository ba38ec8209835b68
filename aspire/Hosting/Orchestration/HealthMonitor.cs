using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Checks what runs: every 30 s while healthy, every 1 to 5 s otherwise. The first healthy answer makes the resource ready.</summary>
internal sealed partial class HealthMonitor(
    ResourceNotificationService notifications,
    HealthCheckService checks,
    IDistributedApplicationEventing eventing,
    TimeProvider time,
    IServiceProvider services,
    ILogger<HealthMonitor> logger) : BackgroundService
{
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(30);
    private const int MostSecondsOtherwise = 5;

    private readonly ConcurrentDictionary<string, Monitored> monitored = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lastState = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            var resource = change.Resource;
            var state = change.Snapshot.State?.Text;
            // What a check has found is a change as well, but not one to check again for.
            if (lastState.TryGetValue(change.ResourceId, out var last) && last == state)
                continue;
            lastState[change.ResourceId] = state;
            if (state == KnownResourceStates.Running)
            {
                // A replica that comes back has not been looked at yet, whatever was said of the others.
                if (monitored.TryGetValue(resource.Name, out var already))
                    already.Look();
                else
                    Begin(resource, stoppingToken);
            }
            else if (state is not null && IsDown(state) && resource.GetResolvedResourceNames().All(IsDown))
            {
                if (monitored.TryRemove(resource.Name, out var ended))
                    await ended.EndAsync();
            }
        }

        bool IsDown(string instanceOrState) =>
            KnownResourceStates.TerminalStates.Contains(instanceOrState)
            || (notifications.TryGetCurrentState(instanceOrState, out var current) && KnownResourceStates.TerminalStates.Contains(current.Snapshot.State?.Text));
    }

    private void Begin(IResource resource, CancellationToken stoppingToken)
    {
        var monitoring = new Monitored(CancellationTokenSource.CreateLinkedTokenSource(stoppingToken));
        monitored[resource.Name] = monitoring;
        _ = Task.Run(() => MonitorAsync(resource, monitoring), stoppingToken);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A check that throws is an unhealthy answer, not the end of checking.")]
    private async Task MonitorAsync(IResource resource, Monitored monitoring)
    {
        var cancellationToken = monitoring.Token;
        var keys = resource.GetHealthCheckKeys().ToHashSet(StringComparer.Ordinal);
        var unhealthyInARow = 0;
        var ready = false;
        try
        {
            while (true)
            {
                var report = keys.Count == 0 ? null : await CheckAsync(keys, cancellationToken);
                var isHealthy = report is null or { Status: HealthStatus.Healthy };
                unhealthyInARow = isHealthy ? 0 : unhealthyInARow + 1;
                if (report is not null)
                    await ShowAsync(resource, report);
                if (isHealthy && !ready)
                {
                    ready = true;
                    _ = MakeReadyAsync(resource, cancellationToken);
                }
                // A restarted replica has lost its readiness with its last life.
                if (await monitoring.DelayAsync(isHealthy ? WhileHealthy : TimeSpan.FromSeconds(Math.Min(MostSecondsOtherwise, unhealthyInARow))))
                    ready = false;
            }
        }
        catch (OperationCanceledException)
        {
            Log.Ended(logger, resource.Name);
        }
        catch (Exception e)
        {
            Log.Broken(logger, resource.Name, e);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A check that cannot even be made is an unhealthy answer.")]
    private async Task<HealthReport> CheckAsync(HashSet<string> keys, CancellationToken cancellationToken)
    {
        try
        {
            return await checks.CheckHealthAsync(r => keys.Contains(r.Name), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var entry = new HealthReportEntry(HealthStatus.Unhealthy, "Error calling HealthCheckService.", TimeSpan.Zero, e, data: null);
            return new(keys.ToDictionary(k => k, _ => entry, StringComparer.Ordinal), TimeSpan.Zero);
        }
    }

    private Task ShowAsync(IResource resource, HealthReport report)
    {
        var at = time.GetUtcNow().UtcDateTime;
        ImmutableArray<HealthReportSnapshot> reports =
            [.. report.Entries.Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.ToString()) { LastRunAt = at })];
        return notifications.PublishUpdateAsync(resource, s => s with { HealthReports = [.. s.HealthReports.Where(r => reports.All(n => n.Name != r.Name)), .. reports] });
    }

    private async Task MakeReadyAsync(IResource resource, CancellationToken cancellationToken)
    {
        var handlers = eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
        await handlers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (handlers.IsFaulted)
            Log.NotReady(logger, resource.Name, handlers.Exception!);
        // Who waits for the resource gets the handlers' result, also when it is an exception.
        await notifications.PublishUpdateAsync(resource, s => s with { Ready = handlers });
    }

    private sealed class Monitored(CancellationTokenSource cancellation) : IDisposable
    {
        private readonly SemaphoreSlim look = new(0, 1);

        public CancellationToken Token { get; } = cancellation.Token;

        /// <summary>Something has changed: the next check comes now, not after the delay.</summary>
        public void Look()
        {
            if (look.CurrentCount == 0)
                look.Release();
        }

        /// <returns>Has something changed meanwhile?</returns>
        public Task<bool> DelayAsync(TimeSpan delay) => look.WaitAsync(delay, Token);

        public async Task EndAsync()
        {
            await cancellation.CancelAsync();
            Dispose();
        }

        public void Dispose()
        {
            cancellation.Dispose();
            look.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A handler of the ready event of '{Name}' failed.")]
        public static partial void NotReady(ILogger logger, string name, Exception exception);

        [LoggerMessage(2, LogLevel.Debug, "Monitoring the health of '{Name}' has ended.")]
        public static partial void Ended(ILogger logger, string name);

        [LoggerMessage(3, LogLevel.Error, "Unexpected error ended health monitoring for resource '{Name}'.")]
        public static partial void Broken(ILogger logger, string name, Exception exception);
    }
}
