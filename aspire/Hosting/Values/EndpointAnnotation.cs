using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource offers. Proxied, the public port is DCP's and every process behind it has a target port of its own.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? port;
    private int? targetPort;

    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? (protocol == ProtocolType.Udp ? "udp" : "tcp");
        Name = name ?? UriScheme;
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : "tcp");
        this.port = port;
        this.targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied ?? true;
        ResourceNames.Validate(Name);
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    public string UriScheme { get; set; }

    public string Transport { get; set; }

    /// <summary>Where the process listens. Without a proxy in between, both ports are the same one.</summary>
    public string TargetHost { get; set; } = "localhost";

    public int? Port
    {
        get => port ?? (IsProxied ? null : targetPort);
        set => port = value;
    }

    /// <summary>The public port that somebody has asked for. A container's own port is in another network and never stands for it.</summary>
    internal int? SpecifiedPort => port;

    public int? TargetPort
    {
        get => targetPort ?? (IsProxied ? null : port);
        set => targetPort = value;
    }

    public bool IsExternal { get; set; }

    public bool IsProxied { get; set; }

    /// <summary>Set by the orchestrator once the public address is known.</summary>
    public AllocatedEndpoint? AllocatedEndpoint => allocated.Task.IsCompletedSuccessfully ? allocated.Task.Result : null;

    internal bool FromLaunchProfile { get; set; }

    internal void Allocate(AllocatedEndpoint endpoint) => allocated.TrySetResult(endpoint);

    internal Task<AllocatedEndpoint> WhenAllocatedAsync(CancellationToken cancellationToken) => allocated.Task.WaitAsync(cancellationToken);
}

/// <param name="targetPortExpression">What stands for the process's own port where DCP fills in the variables, since replicas differ in it.</param>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
{
    public EndpointAnnotation Endpoint { get; } = endpoint;

    public string Address { get; } = address;

    public int Port { get; } = port;

    public string? TargetPortExpression { get; } = targetPortExpression;

    public string UriString => $"{Endpoint.UriScheme}://{Address}:{Port}";
}
