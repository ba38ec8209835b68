using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Repeats the consoles of all resources in the host's own log, which is where a test shows them.</summary>
internal sealed partial class ConsoleForwarding(
    ResourceNotificationService notifications, ResourceLoggerService loggers, ILoggerFactory loggerFactory, IHostEnvironment environment) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var followed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            if (followed.Add(change.ResourceId))
                _ = FollowAsync(change.Resource.Name, change.ResourceId, stoppingToken);
        }
    }

    private async Task FollowAsync(string name, string resourceId, CancellationToken cancellationToken)
    {
        var logger = loggerFactory.CreateLogger($"{environment.ApplicationName}.Resources.{name}");
        try
        {
            await foreach (var lines in loggers.WatchAsync(resourceId, cancellationToken))
            {
                foreach (var line in lines)
                    Log.Line(logger, line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, line.LineNumber, line.Content);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "{LineNumber}: {LineContent}")]
        public static partial void Line(ILogger logger, LogLevel level, int lineNumber, string lineContent);
    }
}
