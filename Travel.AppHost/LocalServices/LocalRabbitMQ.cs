using RabbitMQ.Client;

namespace Travel.AppHost.LocalServices;

internal sealed class LocalRabbitMQResource(string name, string directory, ParameterResource password) : LocalServer(name, directory)
{
    public const string UserName = "guest";

    public override ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"amqp://{UserName}:{password:uri}@{Host}:{Port}");

    public override IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", ReferenceExpression.Create($"{UserName}")),
        new("Password", ReferenceExpression.Create($"{password}")),
        new("Uri", ConnectionStringExpression),
    ];
}

internal static class LocalRabbitMQ
{
    private const string Management = "management";

    // Erlang's own, between the node and its tools.
    private const string Node = "node";
    private const string PortMapper = "epmd";

    public static IResourceBuilder<LocalRabbitMQResource> AddLocalRabbitMQ(this IDistributedApplicationBuilder builder, [ResourceName] string name, string data)
    {
        var password = builder.AddPassword(name);
        var server = new LocalRabbitMQResource(name, builder.LocalServicesDirectory(), password.Resource);
        return builder.AddLocalServer(server, "rabbitmq.sh", data, scheme: "tcp")
            .WithHttpEndpoint(name: Management, env: "MANAGEMENT_PORT", isProxied: false)
            .WithEndpoint(name: Node, env: "DIST_PORT", isProxied: false)
            .WithEndpoint(name: PortMapper, env: "EPMD_PORT", isProxied: false)
            .WithUrls(context => context.Urls.RemoveAll(url => url.Endpoint?.EndpointName is Node or PortMapper))
            .WithUrlForEndpoint(Management, url => url.DisplayText = "Management")
            .WithEnvironment("NODE", name)
            .WithEnvironment("USER_NAME", LocalRabbitMQResource.UserName)
            .WithEnvironment("PASSWORD", password)
            .WithIconName("MailMultiple")
            .WithHealthCheck(ConnectAsync);
    }

    private static async Task ConnectAsync(LocalRabbitMQResource server, CancellationToken cancellationToken)
    {
        var address = await server.ConnectionStringExpression.GetValueAsync(cancellationToken);
        var factory = new ConnectionFactory { Uri = new(address!), ClientProvidedName = "health check", AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
    }
}
