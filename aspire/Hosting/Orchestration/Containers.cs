using System.Collections.Immutable;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>What is different about a container: it has an image and mounts, and its ports are published by the container engine.</summary>
internal static class Containers
{
    public static ContainerSpec Spec(ContainerResource container, ExecutableInstance instance, ResolvedCommand command) => new(
        instance.Name,
        Image(container),
        container.Entrypoint,
        // A shell takes one line after -c.
        container.ShellExecution ? ["-c", string.Join(' ', command.Arguments.Select(a => a.Value))] : [.. command.Arguments.Select(a => a.Value)],
        [.. command.Environment.Select(v => new DcpVariable(v.Key, v.Value))],
        [.. container.Annotations.OfType<EndpointAnnotation>().Select(Port)],
        [.. container.Annotations.OfType<ContainerMountAnnotation>().Select(m => new ContainerMount(m.Type == ContainerMountType.Volume ? "volume" : "bind", m.Source, m.Target, m.IsReadOnly))]);

    public static IEnumerable<ResourcePropertySnapshot> Properties(ContainerResource container) =>
    [
        new(KnownProperties.ContainerImage, Image(container)) { DisplayName = "Container image", SortOrder = 0 },
        new(KnownProperties.ContainerCommand, container.Entrypoint) { DisplayName = "Container command", SortOrder = 2 },
        new(KnownProperties.ContainerPorts, ImmutableArray.CreateRange(container.Annotations.OfType<EndpointAnnotation>().Select(e => e.TargetPort ?? 0))) { DisplayName = "Container ports", SortOrder = 4 },
        new(KnownProperties.ContainerLifetime, "Session") { DisplayName = "Container lifetime", SortOrder = 5 },
    ];

    private static string Image(ContainerResource container) =>
        container.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
            ? image.Reference
            : throw new DistributedApplicationException($"The container '{container.Name}' has no image.");

    // Proxied, the engine chooses the port on the host and DCP finds it out.
    private static ContainerPort Port(EndpointAnnotation endpoint) => new(
        endpoint.TargetPort,
        endpoint.IsProxied ? null : endpoint.SpecifiedPort,
        endpoint.Protocol == ProtocolType.Udp ? "UDP" : "TCP",
        endpoint.TargetHost == "localhost" ? null : endpoint.TargetHost);
}
