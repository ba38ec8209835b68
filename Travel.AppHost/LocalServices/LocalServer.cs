using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Travel.AppHost.LocalServices;

/// <summary>A server that runs as a process of this machine, by one of the scripts in this folder, with its data below a folder of its own.</summary>
internal abstract class LocalServer(string name, string directory) : ExecutableResource(name, "bash", directory), IResourceWithConnectionString
{
    /// <summary>The name of the endpoint that the connection string speaks of.</summary>
    public const string Endpoint = "tcp";

    // The scripts listen on 127.0.0.1 alone; localhost may also be ::1.
    public EndpointReferenceExpression Host => this.GetEndpoint(Endpoint).Property(EndpointProperty.IPV4Host);

    public EndpointReferenceExpression Port => this.GetEndpoint(Endpoint).Property(EndpointProperty.Port);

    public abstract ReferenceExpression ConnectionStringExpression { get; }

    public abstract IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties();
}

internal static class LocalServers
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(5);

    public static string LocalServicesDirectory(this IDistributedApplicationBuilder builder) => Path.Combine(builder.AppHostDirectory, "LocalServices");

    /// <summary>
    /// Without a proxy in between: a server that is down then refuses connections, where DCP's proxy would accept them and say nothing.
    /// </summary>
    public static IResourceBuilder<T> AddLocalServer<T>(this IDistributedApplicationBuilder builder, T server, string script, string data, string scheme)
        where T : LocalServer => builder.AddResource(server)
            .WithArgs(script)
            .WithEnvironment("DATA", Path.Combine(data, server.Name))
            .WithEndpoint(scheme: scheme, name: LocalServer.Endpoint, env: "PORT", isProxied: false);

    /// <summary>Generated once per machine. The scripts set it at every start, so data of another password is no problem.</summary>
    public static IResourceBuilder<ParameterResource> AddPassword(this IDistributedApplicationBuilder builder, string server) =>
        builder.AddParameter($"{server}-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);

    /// <summary>Healthy when <paramref name="ask"/> comes back; what it throws is what the dashboard shows.</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, Func<T, CancellationToken, Task> ask)
        where T : IResource
    {
        var key = $"{builder.Resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(
            key,
            async cancellationToken =>
            {
                await ask(builder.Resource, cancellationToken);
                return HealthCheckResult.Healthy();
            },
            timeout: CheckTimeout);
        return builder.WithHealthCheck(key);
    }
}
