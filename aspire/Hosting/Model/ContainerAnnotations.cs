namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a container is made of. A tag and a digest exclude each other: setting the one clears the other.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    private string? tag;
    private string? sha256;

    public string? Registry { get; set; }

    public required string Image { get; set; }

    public string? Tag
    {
        get => tag;
        set => (tag, sha256) = (value, null);
    }

    public string? SHA256
    {
        get => sha256;
        set => (tag, sha256) = (null, value);
    }

    /// <summary>As a container engine is told it.</summary>
    internal string Reference => string.Concat(
        Registry is { Length: > 0 } ? $"{Registry}/" : "",
        Image,
        SHA256 is { Length: > 0 } ? $"@sha256:{SHA256}" : Tag is { Length: > 0 } ? $":{Tag}" : "");
}

public enum ContainerMountType
{
    BindMount,
    Volume,
}

public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    /// <summary>The volume's name; a volume without one lives as long as the container.</summary>
    public string? Source { get; } = source;

    public string Target { get; } = target;

    public ContainerMountType Type { get; } = type;

    public bool IsReadOnly { get; } = isReadOnly;
}
