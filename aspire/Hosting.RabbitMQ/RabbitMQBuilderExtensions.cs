using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace Aspire.Hosting;

public static class RabbitMQBuilderExtensions
{
    private const string Registry = "docker.io";
    private const string Image = "library/rabbitmq";
    private const string Tag = "4.3";
    private const string ManagementTag = $"{Tag}-management";

    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">By default guest.</param>
    /// <param name="password">By default generated, as the parameter <c>{name}-password</c>.</param>
    /// <param name="port">The public port; without one it is chosen at start.</param>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        // It becomes part of a URI.
        var server = new RabbitMQServerResource(
            name, userName?.Resource, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().AddAsyncCheck(key, cancellationToken => ConnectAsync(server, cancellationToken));
        return builder.AddResource(server)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithIconName("MailMultiple")
            .WithEndpoint(port: port, targetPort: 5672, name: RabbitMQServerResource.PrimaryEndpointName)
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["RABBITMQ_DEFAULT_USER"] = server.UserNameReference;
                context.EnvironmentVariables["RABBITMQ_DEFAULT_PASS"] = server.PasswordParameter;
            })
            .WithHealthCheck(key);
    }

    /// <summary>Adds the HTTP API and its pages: another tag of the image, and one more endpoint.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder)
    {
        if (!builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image) || image is not { Registry: Registry, Image: Image, Tag: Tag or ManagementTag })
            throw new DistributedApplicationException($"Cannot configure the RabbitMQ resource '{builder.Resource.Name}' to enable the management plugin as it uses an unrecognized container image registry, name, or tag.");
        image.Tag = ManagementTag;
        return builder.WithHttpEndpoint(targetPort: 15672, name: RabbitMQServerResource.ManagementEndpointName);
    }

    /// <summary>Keeps the data in a volume that outlives the container, under a node name that does so too.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? throw new ArgumentNullException(nameof(name)), "/var/lib/rabbitmq", isReadOnly).WithEnvironment("RABBITMQ_NODENAME", $"{builder.Resource.Name}@localhost");

    private static async Task<HealthCheckResult> ConnectAsync(RabbitMQServerResource server, CancellationToken cancellationToken)
    {
        var address = await server.ConnectionStringExpression.GetValueAsync(cancellationToken);
        var factory = new ConnectionFactory { Uri = new(address!), ClientProvidedName = "health check", AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
