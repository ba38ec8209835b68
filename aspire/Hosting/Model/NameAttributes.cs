namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks an argument that names a resource; the real package checks literals at build time.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute;
