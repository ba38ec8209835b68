namespace Travel.AppHost.LocalServices;

/// <summary>maildev: takes every mail, sends none on, and shows them all on a page.</summary>
internal sealed class MailCatcherResource(string name, string directory) : LocalServer(name, directory)
{
    public override ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"smtp://{Host}:{Port}");

    public override IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Uri", ConnectionStringExpression),
    ];
}

internal static class MailCatcher
{
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="data">The folder below which it keeps its mails.</param>
    /// <param name="port">Of the mailbox page and of maildev's REST API.</param>
    public static IResourceBuilder<MailCatcherResource> AddMailCatcher(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string data, int port) =>
        builder.AddLocalServer(new MailCatcherResource(name, builder.LocalServicesDirectory()), "mail.sh", data, scheme: "smtp")
            .WithHttpEndpoint(port, env: "HTTP_PORT")
            .WithUrls(context => context.Urls.RemoveAll(url => url.Endpoint?.EndpointName == LocalServer.Endpoint))
            .WithUrlForEndpoint("http", url => url.DisplayText = "Mailbox")
            .WithHttpHealthCheck("/healthz")
            .WithIconName("Mail");
}
