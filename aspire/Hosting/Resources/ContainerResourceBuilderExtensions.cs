using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <param name="builder">The container.</param>
    /// <param name="image">As <c>[registry/]image[:tag][@sha256:digest]</c>; a registry set by <see cref="WithImageRegistry"/> stays in front of it.</param>
    /// <param name="tag">When <paramref name="image"/> has none; <c>latest</c> when neither has.</param>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        var parts = ImageReference().Match(image);
        if (!parts.Success)
            throw new ArgumentOutOfRangeException(nameof(image), image, "invalid reference format: could not parse container image name");
        var (ownTag, digest) = (parts.Groups["tag"], parts.Groups["digest"]);
        if (tag is not null && (ownTag.Success || digest.Success))
            throw new InvalidOperationException("Ambiguous tags - a tag was provided on both the 'tag' and 'image' parameters");
        if (!builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var annotation))
        {
            annotation = new() { Image = "" };
            builder.WithAnnotation(annotation);
        }
        annotation.Image = parts.Groups["image"].Value;
        if (digest.Success)
            annotation.SHA256 = digest.Value;
        else
            annotation.Tag = ownTag.Success ? ownTag.Value : tag ?? "latest";
        return builder;
    }

    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource
    {
        if (!builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var annotation))
            throw new InvalidOperationException($"The resource '{builder.Resource.Name}' does not have a container image specified. Use WithImage to specify the container image and tag.");
        annotation.Registry = registry;
        return builder;
    }

    public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
        where T : ContainerResource
    {
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }

    /// <param name="builder">The container.</param>
    /// <param name="name">Of the volume, which outlives the container and is made when it is not there.</param>
    /// <param name="target">Its place in the container.</param>
    /// <param name="isReadOnly">May the container only read it?</param>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource => builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));

    // A colon begins a tag only behind the last slash: before it there may be the port of a registry.
    [GeneratedRegex(@"^(?<image>([^@/:]+(:\d+)?/)?[^@:]+)(:(?<tag>[\w.-]+))?(@sha256:(?<digest>[0-9a-f]+))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ImageReference();
}
