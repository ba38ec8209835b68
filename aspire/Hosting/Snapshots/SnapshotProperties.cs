using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

internal static class SnapshotProperties
{
    /// <summary>Replaces the properties of the same name and adds the others.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> Set(this ImmutableArray<ResourcePropertySnapshot> properties, params IReadOnlyList<ResourcePropertySnapshot> changes) =>
        [.. properties.Where(p => changes.All(c => c.Name != p.Name)), .. changes];

    public static ImmutableArray<ResourcePropertySnapshot> Without(this ImmutableArray<ResourcePropertySnapshot> properties, string name) =>
        properties.RemoveAll(p => p.Name == name);

    /// <summary>Has anything changed that somebody might want to know? Arrays are compared by what is in them.</summary>
    public static bool SameAs(this CustomResourceSnapshot left, CustomResourceSnapshot right) =>
        left.Properties.Length == right.Properties.Length
        && left.Properties.Zip(right.Properties).All(p => Same(p.First, p.Second))
        && left.EnvironmentVariables.SequenceEqual(right.EnvironmentVariables)
        && left.Urls.SequenceEqual(right.Urls)
        && left.Commands.SequenceEqual(right.Commands)
        && left.Relationships.SequenceEqual(right.Relationships)
        && left.HealthReports.SequenceEqual(right.HealthReports)
        && left == right with
        {
            Version = left.Version,
            Properties = left.Properties,
            EnvironmentVariables = left.EnvironmentVariables,
            Urls = left.Urls,
            Commands = left.Commands,
            Relationships = left.Relationships,
            HealthReports = left.HealthReports,
        };

    private static bool Same(ResourcePropertySnapshot left, ResourcePropertySnapshot right) =>
        left == right with { Value = left.Value }
        && (Equals(left.Value, right.Value)
            || (left.Value is IEnumerable<string> a && right.Value is IEnumerable<string> b && a.SequenceEqual(b))
            || (left.Value is IEnumerable<int> c && right.Value is IEnumerable<int> d && c.SequenceEqual(d)));
}
