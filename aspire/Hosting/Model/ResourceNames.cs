using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource has a name in the model and, when processes stand for it, one more per process: <c>api</c> and <c>api-hkqxwzrb</c>.</summary>
internal static partial class ResourceNames
{
    private const int SuffixLength = 8;

    /// <summary>The name ends up in host names, variables and DCP objects, so it has to be good for all of them.</summary>
    public static void Validate(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > 64 || !ModelName().IsMatch(name))
            throw new ArgumentException($"Resource name '{name}' is invalid: at most 64 ASCII letters, digits and single hyphens, beginning with a letter.", nameof(name));
    }

    /// <summary>What the resource's processes are called; without processes, the resource's own name.</summary>
    public static IReadOnlyList<string> GetResolvedResourceNames(this IResource resource) =>
        resource.Annotations.OfType<InstancesAnnotation>().LastOrDefault() is { } instances
            ? [.. instances.Instances.Select(i => i.Name)]
            : [resource.Name];

    public static void AssignInstances(IResource resource, int count) =>
        resource.Annotations.Add(new InstancesAnnotation([.. Enumerable.Range(0, count).Select(i => NewInstance(resource.Name, i))]));

    private static ResourceInstance NewInstance(string name, int index)
    {
        var suffix = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz", SuffixLength);
        return new($"{name}-{suffix}", suffix, index);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ModelName();
}

internal sealed record ResourceInstance(string Name, string Suffix, int Index);

internal sealed record InstancesAnnotation(ImmutableArray<ResourceInstance> Instances) : IResourceAnnotation;
