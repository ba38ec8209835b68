using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every snapshot carries beside what its publisher says: commands with their present state, icon, relationships.</summary>
internal static class SnapshotDecoration
{
    public static CustomResourceSnapshot Initial(IResource resource) =>
        resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation)
            ? annotation.InitialSnapshot
            : new()
            {
                ResourceType = resource switch
                {
                    ProjectResource => "Project",
                    ExecutableResource => "Executable",
                    ContainerResource => "Container",
                    _ => resource.GetType().Name is var type && type.EndsWith("Resource", StringComparison.Ordinal) ? type[..^"Resource".Length] : type,
                },
                Properties = [],
            };

    public static CustomResourceSnapshot Decorate(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        if (snapshot.State?.Text != KnownResourceStates.Waiting)
            snapshot = snapshot with { Properties = snapshot.Properties.Without(KnownProperties.WaitingFor) };
        if (resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon))
            snapshot = snapshot with { IconName = snapshot.IconName ?? icon.IconName, IconVariant = snapshot.IconVariant ?? icon.IconVariant };
        return snapshot with { Commands = Commands(resource, snapshot, services) };
    }

    public static ImmutableArray<RelationshipSnapshot> Relationships(IResource resource) =>
    [
        .. resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type))
            .Concat(resource is IResourceWithParent child ? [new RelationshipSnapshot(child.Parent.Name, RelationshipTypes.Parent)] : [])
            .Distinct(),
    ];

    private static ImmutableArray<ResourceCommandSnapshot> Commands(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services) =>
    [
        .. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => new ResourceCommandSnapshot(
            c.Name,
            c.UpdateState(new() { ResourceSnapshot = snapshot, Services = services }),
            c.DisplayName,
            c.DisplayDescription,
            c.ConfirmationMessage,
            c.IconName,
            c.IconVariant,
            c.IsHighlighted)),
    ];
}
