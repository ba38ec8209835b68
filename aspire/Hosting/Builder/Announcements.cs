using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal sealed partial class Announcements(ILogger<DistributedApplication> logger, IHostApplicationLifetime lifetime, AppHostAssembly appHost, IHostEnvironment environment) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Starting(logger);
        Log.Directory(logger, appHost.ProjectDirectory ?? environment.ContentRootPath);
        lifetime.ApplicationStarted.Register(() => Log.Started(logger));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Distributed application starting.")]
        public static partial void Starting(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "Application host directory is: {Directory}")]
        public static partial void Directory(ILogger logger, string directory);

        [LoggerMessage(3, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
        public static partial void Started(ILogger logger);
    }
}
