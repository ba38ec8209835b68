using Microsoft.Extensions.Configuration;
using Travel.Contracts;

namespace Travel.AppHost.Backing;

/// <summary>Containers, with their data in volumes that outlive them. <c>Images:{resource}</c> takes another image than the usual one.</summary>
internal sealed class ContainerBacking(IDistributedApplicationBuilder builder, string data) : IBacking
{
    private static readonly Dictionary<string, string> UsualImages = new(StringComparer.Ordinal)
    {
        [ResourceNames.Postgres] = "docker.io/library/postgres:18.3",
        [ResourceNames.Cache] = "docker.io/library/redis:8.6",
        [ResourceNames.Messaging] = "docker.io/library/rabbitmq:4.3-management",
        [ResourceNames.Mail] = "docker.io/maildev/maildev:2.2.1",
    };

    /// <summary>All images that it takes.</summary>
    public IEnumerable<string> Images => UsualImages.Keys.Select(Image);

    // The same settings as LocalServices/postgres.sh: several pools of connections, and the usual 128 MB are for machines of long ago.
    public IResourceBuilder<IResourceWithConnectionString> AddDatabase(string name, string server) =>
        WithImage(builder.AddPostgres(server))
            .WithArgs("-c", "max_connections=200", "-c", "shared_buffers=256MB")
            .WithDataVolume(Volume(server))
            .WithEndpoint("tcp", WithoutProxy)
            .AddDatabase(name);

    public IResourceBuilder<IResourceWithConnectionString> AddRedis(string name) =>
        WithImage(builder.AddRedis(name))
            .WithDataVolume(Volume(name))
            // Unlike the shell that Aspire takes, bash becomes the one command it is given; so SIGTERM gets to Redis, which saves.
            .WithEntrypoint("/bin/bash")
            .WithEndpoint("tcp", WithoutProxy);

    public IResourceBuilder<IResourceWithConnectionString> AddRabbitMQ(string name) =>
        WithImage(builder.AddRabbitMQ(name).WithManagementPlugin())
            .WithDataVolume(Volume(name))
            .WithEndpoint("tcp", WithoutProxy)
            .WithUrlForEndpoint("management", url => url.DisplayText = "Management");

    public IResourceBuilder<IResourceWithConnectionString> AddMailCatcher(string name, int port) =>
        builder.AddResource(new MailCatcherContainer(name))
            .WithImage(Image(name))
            .WithEndpoint(targetPort: 1025, scheme: "smtp", name: MailCatcherContainer.Smtp, isProxied: false)
            .WithHttpEndpoint(port, targetPort: 1080)
            // Of all folders this one can be written by whichever user the image runs as, and a new volume takes that over.
            .WithVolume(Volume(name), "/tmp")
            .WithEnvironment("MAILDEV_MAIL_DIRECTORY", "/tmp/mails")
            .WithUrls(context => context.Urls.RemoveAll(url => url.Endpoint?.EndpointName == MailCatcherContainer.Smtp))
            .WithUrlForEndpoint("http", url => url.DisplayText = "Mailbox")
            .WithHttpHealthCheck("/healthz")
            .WithIconName("Mail");

    /// <summary>A server that is down then refuses connections, where DCP's proxy would accept them and say nothing.</summary>
    private static void WithoutProxy(EndpointAnnotation endpoint) => endpoint.IsProxied = false;

    private IResourceBuilder<T> WithImage<T>(IResourceBuilder<T> container)
        where T : ContainerResource => container.WithImage(Image(container.Resource.Name)).WithImageRegistry(null);

    private string Image(string resource) => builder.Configuration[$"Images:{resource}"] ?? UsualImages[resource];

    private string Volume(string resource) => VolumeNames.Of(data, resource, Image(resource));
}

/// <summary>maildev: takes every mail, sends none on, and shows them all on a page.</summary>
internal sealed class MailCatcherContainer(string name) : ContainerResource(name), IResourceWithConnectionString
{
    public const string Smtp = "tcp";

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"smtp://{Part(EndpointProperty.Host)}:{Part(EndpointProperty.Port)}");

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Part(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{Part(EndpointProperty.Port)}")),
        new("Uri", ConnectionStringExpression),
    ];

    private EndpointReferenceExpression Part(EndpointProperty property) => this.GetEndpoint(Smtp).Property(property);
}
