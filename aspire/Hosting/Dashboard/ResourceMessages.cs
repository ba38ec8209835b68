using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard;

/// <summary>Snapshots in the words of the dashboard.</summary>
internal static class ResourceMessages
{
    public static Wire.Resource From(ResourceEvent change, DateTime firstSeen)
    {
        var snapshot = change.Snapshot;
        var resource = new Wire.Resource
        {
            Name = change.ResourceId,
            ResourceType = snapshot.ResourceType,
            DisplayName = change.Resource.Name,
            Uid = change.ResourceId,
            CreatedAt = Timestamp.FromDateTime(snapshot.CreationTimeStamp ?? firstSeen),
            StartedAt = Time(snapshot.StartTimeStamp),
            StoppedAt = Time(snapshot.StopTimeStamp),
            IsHidden = snapshot.IsHidden,
        };
        if (snapshot.State is { } state)
        {
            resource.State = state.Text;
            if (state.Style is not null)
                resource.StateStyle = state.Style;
        }
        if (snapshot.IconName is not null)
            resource.IconName = snapshot.IconName;
        if (snapshot.IconVariant is { } variant)
            resource.IconVariant = From(variant);
        resource.Environment.AddRange(snapshot.EnvironmentVariables.Select(From));
        resource.Properties.AddRange(snapshot.Properties.Select(From));
        if (snapshot.ExitCode is { } exitCode)
            resource.Properties.Add(new ResourceProperty { Name = KnownProperties.ExitCode, Value = Value.ForNumber(exitCode) });
        resource.Urls.AddRange(snapshot.Urls.Select(From));
        resource.HealthReports.AddRange(snapshot.HealthReports.Select(From));
        resource.Relationships.AddRange(snapshot.Relationships.Select(r => new ResourceRelationship { ResourceName = r.ResourceName, Type = r.Type }));
        resource.Commands.AddRange(snapshot.Commands.Select(From));
        return resource;
    }

    public static WatchResourceConsoleLogsUpdate From(IReadOnlyList<LogLine> lines)
    {
        var update = new WatchResourceConsoleLogsUpdate();
        update.LogLines.AddRange(lines.Select(l => new ConsoleLogLine { LineNumber = l.LineNumber, Text = l.Content, IsStdErr = l.IsErrorMessage }));
        return update;
    }

    public static ResourceCommandResponse From(ExecuteCommandResult result)
    {
        var response = new ResourceCommandResponse
        {
            Kind = result switch
            {
                { Success: true } => ResourceCommandResponseKind.Succeeded,
                { Canceled: true } => ResourceCommandResponseKind.Cancelled,
                _ => ResourceCommandResponseKind.Failed,
            },
        };
        if (result.Message is not null)
            response.Message = result.Message;
        if (result.Data is { } data)
            response.Result = new() { Value = data.Value, Format = From(data.Format), DisplayImmediately = data.DisplayImmediately };
        return response;
    }

    private static EnvironmentVariable From(EnvironmentVariableSnapshot variable)
    {
        var message = new EnvironmentVariable { Name = variable.Name, IsFromSpec = variable.IsFromSpec };
        if (variable.Value is not null)
            message.Value = variable.Value;
        return message;
    }

    private static ResourceProperty From(ResourcePropertySnapshot property)
    {
        var message = new ResourceProperty { Name = property.Name, Value = ToValue(property.Value), IsSensitive = property.IsSensitive };
        if (property.DisplayName is not null)
            message.DisplayName = property.DisplayName;
        if (property.SortOrder is { } order)
            message.SortOrder = order;
        return message;
    }

    private static Url From(UrlSnapshot url)
    {
        var message = new Url
        {
            FullUrl = url.Url,
            IsInternal = url.IsInternal,
            IsInactive = url.IsInactive,
            // The dashboard reads them without looking whether they are there.
            DisplayProperties = new() { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
        };
        if (url.Name is not null)
            message.EndpointName = url.Name;
        return message;
    }

    private static HealthReport From(HealthReportSnapshot report)
    {
        var message = new HealthReport { Key = report.Name, Description = report.Description ?? "", Exception = report.ExceptionText ?? "", LastRunAt = Time(report.LastRunAt) };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy => HealthStatus.Healthy,
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded => HealthStatus.Degraded,
                _ => HealthStatus.Unhealthy,
            };
        }
        return message;
    }

    private static ResourceCommand From(ResourceCommandSnapshot command)
    {
        var message = new ResourceCommand
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            IsHighlighted = command.IsHighlighted,
            State = command.State switch
            {
                ApplicationModel.ResourceCommandState.Enabled => Wire.ResourceCommandState.Enabled,
                ApplicationModel.ResourceCommandState.Disabled => Wire.ResourceCommandState.Disabled,
                _ => Wire.ResourceCommandState.Hidden,
            },
        };
        if (command.DisplayDescription is not null)
            message.DisplayDescription = command.DisplayDescription;
        if (command.ConfirmationMessage is not null)
            message.ConfirmationMessage = command.ConfirmationMessage;
        if (command.IconName is not null)
            message.IconName = command.IconName;
        if (command.IconVariant is { } variant)
            message.IconVariant = From(variant);
        return message;
    }

    private static Wire.IconVariant From(ApplicationModel.IconVariant variant) =>
        variant == ApplicationModel.IconVariant.Filled ? Wire.IconVariant.Filled : Wire.IconVariant.Regular;

    private static Wire.CommandResultFormat From(ApplicationModel.CommandResultFormat format) => format switch
    {
        ApplicationModel.CommandResultFormat.Json => Wire.CommandResultFormat.Json,
        ApplicationModel.CommandResultFormat.Markdown => Wire.CommandResultFormat.Markdown,
        _ => Wire.CommandResultFormat.Text,
    };

    private static Timestamp? Time(DateTime? time) => time is { } known ? Timestamp.FromDateTime(known) : null;

    private static Value ToValue(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool flag => Value.ForBool(flag),
        int number => Value.ForNumber(number),
        IEnumerable<string> texts => Value.ForList([.. texts.Select(Value.ForString)]),
        IEnumerable<int> numbers => Value.ForList([.. numbers.Select(n => Value.ForNumber(n))]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };
}
