using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Shows the parameters in the dashboard, the secret ones masked, and those without a value as what they are.</summary>
internal sealed partial class ParameterValues(DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService loggers)
{
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
            await PublishAsync(parameter, cancellationToken);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One parameter without a value does not stop those that do not need it; who needs it fails by itself.")]
    private async Task PublishAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        ResourceStateSnapshot state;
        string? value;
        try
        {
            value = await parameter.GetValueAsync(cancellationToken);
            state = new(KnownResourceStates.Running, Style: null);
        }
        catch (Exception e)
        {
            Log.NoValue(loggers.GetLogger(parameter), parameter.Name, e);
            value = e.Message;
            state = new("Error initializing parameter", KnownResourceStateStyles.Error);
        }
        await notifications.PublishUpdateAsync(parameter, s => s with
        {
            State = state,
            Properties = s.Properties.Set(new ResourcePropertySnapshot(KnownProperties.ParameterValue, value) { IsSensitive = parameter.Secret, DisplayName = "Value", SortOrder = 0 }),
        });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Failed to initialize parameter resource {Name}.")]
        public static partial void NoValue(ILogger logger, string name, Exception exception);
    }
}
