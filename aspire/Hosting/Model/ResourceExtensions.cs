using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static class ResourceExtensions
{
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation)
        where T : IResourceAnnotation
    {
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    public static bool HasAnnotationOfType<T>(this IResource resource)
        where T : IResourceAnnotation => resource.Annotations.OfType<T>().Any();

    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) => new(resource, endpointName);

    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource) =>
        [.. resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e))];

    public static int GetReplicaCount(this IResource resource) =>
        resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;

    /// <summary>Health checks of a parent are also those of what lives in it.</summary>
    internal static IReadOnlyList<string> GetHealthCheckKeys(this IResource resource)
    {
        var keys = new List<string>();
        for (IResource? current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
            keys.AddRange(current.Annotations.OfType<HealthCheckAnnotation>().Select(h => h.Key));
        return [.. keys.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Does DCP run something for it?</summary>
    internal static bool IsRun(this IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    internal static IResource? GetParent(this IResource resource) =>
        (resource as IResourceWithParent)?.Parent
        ?? resource.Annotations.OfType<ResourceRelationshipAnnotation>().LastOrDefault(r => r.Type == RelationshipTypes.Parent)?.Resource;

    /// <summary>Does the resource follow its parent, or does it start and stop by itself?</summary>
    internal static bool HasOwnLifetime(this IResource resource) => resource.IsRun() || resource is ParameterResource;
}
