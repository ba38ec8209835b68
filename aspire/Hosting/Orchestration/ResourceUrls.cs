using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>The links that the dashboard shows: one per endpoint, those the model adds, and whatever its callbacks make of them.</summary>
internal sealed partial class ResourceUrls(
    DistributedApplicationModel model, DistributedApplicationExecutionContext context, ResourceLoggerService loggers, ResourceNotificationService notifications)
{
    private readonly ConcurrentDictionary<IResource, IReadOnlyList<ResourceUrlAnnotation>> known = new();

    /// <summary>To be called once every endpoint has its address: a callback may ask for those of other resources.</summary>
    public async Task WorkOutAsync(CancellationToken cancellationToken)
    {
        foreach (var resource in model.Resources)
        {
            known[resource] = await WorkOutAsync(resource, cancellationToken);
            await notifications.PublishUpdateAsync(resource, s => s with { Urls = Of(resource, s.State?.Text == KnownResourceStates.Running) });
        }
    }

    /// <param name="resource">The resource.</param>
    /// <param name="isActive">Does something answer at its endpoints? Links to elsewhere always do.</param>
    public ImmutableArray<UrlSnapshot> Of(IResource resource, bool isActive) =>
    [
        .. known.GetValueOrDefault(resource, []).Select(u => new UrlSnapshot(u.Endpoint?.EndpointName, u.Url, u.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            IsInactive = !isActive && (u.Endpoint is not null || resource.HasOwnLifetime()),
            DisplayProperties = new(u.DisplayText ?? "", u.DisplayOrder ?? 0),
        }),
    ];

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A link that cannot be made is no reason not to start.")]
    private async Task<IReadOnlyList<ResourceUrlAnnotation>> WorkOutAsync(IResource resource, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(resource);
        var urls = new List<ResourceUrlAnnotation>();
        if (resource is IResourceWithEndpoints withEndpoints)
            urls.AddRange(withEndpoints.GetEndpoints().Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e }));
        urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>());
        try
        {
            var callbackContext = new ResourceUrlsCallbackContext(context, resource, urls, cancellationToken) { Logger = logger };
            foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
                await annotation.Callback(callbackContext);
            foreach (var url in urls.Where(u => u.Endpoint is not null && Uri.IsWellFormedUriString(u.Url, UriKind.Relative)))
                url.Url = new Uri(new Uri(url.Endpoint!.Url), url.Url).ToString();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.CallbackFailed(logger, resource.Name, e);
        }
        return urls;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An error occurred while processing URLs for resource '{Name}'.")]
        public static partial void CallbackFailed(ILogger logger, string name, Exception exception);
    }
}
