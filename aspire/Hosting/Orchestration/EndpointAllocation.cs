using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>Makes a DCP service of every endpoint, which is what gives it its public address.</summary>
internal sealed class EndpointAllocation(DistributedApplicationModel model, DcpApi dcp, IConfiguration configuration, TimeProvider time)
{
    private const string Services = "services";
    private static readonly TimeSpan AllocationTimeout = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<int, byte> handedOut = [];

    // Set by the testing builder: several applications at once, and none of them on the ports of the one that somebody works with.
    private bool RandomizePorts => configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);

    /// <summary>Services do not carry a random suffix: within one application they are unique by resource and endpoint.</summary>
    public static string ServiceName(IResource resource, EndpointAnnotation endpoint) => $"{resource.Name}-{endpoint.Name}".ToLowerInvariant();

    public async Task AllocateAsync(CancellationToken cancellationToken)
    {
        var endpoints = model.Resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>().Select(e => (Resource: r, Endpoint: e))).ToArray();
        await Task.WhenAll(endpoints.Select(e => CreateAsync(e.Resource, e.Endpoint, cancellationToken)));
    }

    private async Task CreateAsync(IResource resource, EndpointAnnotation endpoint, CancellationToken cancellationToken)
    {
        Validate(resource, endpoint);
        if (!endpoint.IsProxied && PublicPort(resource, endpoint) is null)
            endpoint.Port = FreePort();
        var port = endpoint.IsProxied && RandomizePorts ? null : PublicPort(resource, endpoint);
        // Behind a port that is taken DCP listens to nothing and says nothing about it.
        if (endpoint.IsProxied && port is { } wanted && endpoint.Protocol == ProtocolType.Tcp && IsTaken(wanted))
            throw new DistributedApplicationException($"Port {wanted} of endpoint '{endpoint.Name}' of '{resource.Name}' is in use: another program listens there, perhaps this application started a second time.");

        var name = ServiceName(resource, endpoint);
        // Every address of the machine is not one that somebody can be sent to.
        var address = endpoint.TargetHost is "0.0.0.0" or "[::]" or "::" ? "localhost" : endpoint.TargetHost;
        var spec = new ServiceSpec(port, address, endpoint.Protocol == ProtocolType.Udp ? "UDP" : "TCP", endpoint.IsProxied ? "Localhost" : "Proxyless");
        await dcp.CreateAsync(Services, "Service", name, spec, annotations: null, cancellationToken);
        var allocatedPort = endpoint.IsProxied ? await EffectivePortAsync(name, cancellationToken) : endpoint.Port!.Value;
        endpoint.Allocate(new(endpoint, address, allocatedPort, $"{{{{portForServing \"{name}\"}}}}"));
    }

    private async Task<int> EffectivePortAsync(string name, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        while (await poll.WaitForNextTickAsync(cancellationToken))
        {
            if (await dcp.GetAsync<ServiceStatus>(Services, name, cancellationToken) is { Status: { EffectivePort: > 0 and var port, EffectiveAddress.Length: > 0 } })
                return port;
            if (time.GetElapsedTime(begun) > AllocationTimeout)
                throw new DistributedApplicationException($"DCP has not given service '{name}' an address within {AllocationTimeout.TotalSeconds} s.");
        }
        throw new OperationCanceledException(cancellationToken);
    }

    private static int? PublicPort(IResource resource, EndpointAnnotation endpoint) => resource is ContainerResource ? endpoint.SpecifiedPort : endpoint.Port;

    private static void Validate(IResource resource, EndpointAnnotation endpoint)
    {
        if (resource is ContainerResource)
        {
            if (endpoint.TargetPort is null)
                throw new InvalidOperationException($"The endpoint '{endpoint.Name}' for container resource '{resource.Name}' must specify the TargetPort value");
            return;
        }
        var replicas = resource.GetReplicaCount();
        if (replicas > 1 && (!endpoint.IsProxied || endpoint.TargetPort is not null))
            throw new InvalidOperationException($"Resource '{resource.Name}' has {replicas} replicas, which cannot share the one port of endpoint '{endpoint.Name}': it needs a proxy and no target port.");
        if (endpoint.IsProxied && endpoint.TargetPort is { } target && target == endpoint.Port)
            throw new InvalidOperationException($"The endpoint '{endpoint.Name}' for resource '{resource.Name}' is proxied, so its port and its target port cannot be the same one ({target}).");
    }

    // Below the range from which systems take the ports of outgoing connections: one of those could have it by the time the process listens.
    private int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(10_000, 32_768);
            if (!IsTaken(port) && handedOut.TryAdd(port, 0))
                return port;
        }
    }

    private static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
