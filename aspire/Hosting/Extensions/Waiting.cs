using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts only when the other is running, healthy, and its ready handlers have run.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy);

    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitForCompletion, exitCode);

    private static IResourceBuilder<T> Wait<T>(this IResourceBuilder<T> builder, IResource dependency, WaitType type, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        var name = builder.Resource.Name;
        if (ReferenceEquals(builder.Resource, dependency))
            throw new DistributedApplicationException($"The '{name}' resource cannot wait for itself.");
        if (builder.Resource is IResourceWithParent child && ReferenceEquals(child.Parent, dependency))
            throw new DistributedApplicationException($"The '{name}' resource cannot wait for its parent '{dependency.Name}'.");
        // What lives in another may have no checks of its own, so its parent has to be there too.
        if (type != WaitType.WaitForCompletion)
        {
            for (var parent = (dependency as IResourceWithParent)?.Parent; parent is not null; parent = (parent as IResourceWithParent)?.Parent)
                builder.WithAnnotation(new WaitAnnotation(parent, type));
        }
        builder.WithRelationship(dependency, RelationshipTypes.WaitFor);
        return builder.WithAnnotation(new WaitAnnotation(dependency, type, exitCode));
    }
}
