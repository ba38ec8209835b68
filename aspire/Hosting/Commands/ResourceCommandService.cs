using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceCommandService
{
    private readonly ResourceNotificationService notifications;
    private readonly ResourceLoggerService loggers;
    private readonly IServiceProvider services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
    {
        this.notifications = notifications;
        this.loggers = loggers;
        this.services = services;
    }

    /// <param name="resourceId">The name of a process, or of a resource that has one.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        notifications.TryGetCurrentState(resourceId, out var found)
            ? ExecuteAsync(found.Resource, found.ResourceId, commandName, cancellationToken)
            : Task.FromResult(CommandResults.Failure($"Resource '{resourceId}' not found, or it has more than one process."));

    /// <summary>Runs the command for every process of the resource.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var names = resource.GetResolvedResourceNames();
        var results = await Task.WhenAll(names.Select(name => ExecuteAsync(resource, name, commandName, cancellationToken)));
        var failed = results.Zip(names).Where(r => !r.First.Success).ToArray();
        if (names.Count == 1 || failed.Length == 0)
            return results[0];
        return failed.All(f => f.First.Canceled)
            ? CommandResults.Canceled()
            : CommandResults.Failure(string.Join(Environment.NewLine, failed.Select(f => $"{f.Second}: {f.First.Message}")));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever goes wrong in a command is its result.")]
    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string instance, string commandName, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(instance);
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().SingleOrDefault(c => c.Name == commandName) is not { } command)
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{instance}'.");
        try
        {
            Log.Executing(logger, commandName);
            var result = await command.ExecuteCommand(new() { ResourceName = instance, Services = services, CancellationToken = cancellationToken, Logger = logger });
            if (result.Success)
                Log.Executed(logger, commandName);
            else
                Log.Failed(logger, commandName, result.Message);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            Log.Threw(logger, commandName, e);
            return CommandResults.Failure(e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Executing command '{Command}'.")]
        public static partial void Executing(ILogger logger, string command);

        [LoggerMessage(2, LogLevel.Information, "Successfully executed command '{Command}'.")]
        public static partial void Executed(ILogger logger, string command);

        [LoggerMessage(3, LogLevel.Error, "Failure executing command '{Command}': {Message}")]
        public static partial void Failed(ILogger logger, string command, string? message);

        [LoggerMessage(4, LogLevel.Error, "Error executing command '{Command}'.")]
        public static partial void Threw(ILogger logger, string command, Exception exception);
    }
}
