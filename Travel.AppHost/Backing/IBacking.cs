namespace Travel.AppHost.Backing;

/// <summary>
/// The servers that everything else stands on. Whatever they run as, they have the same names and their connection strings the same
/// form, so that nothing above notices.
/// </summary>
internal interface IBacking
{
    /// <param name="name">The database's name, as a resource and in its server.</param>
    /// <param name="server">The name of the PostgreSQL server.</param>
    IResourceBuilder<IResourceWithConnectionString> AddDatabase([ResourceName] string name, [ResourceName] string server);

    IResourceBuilder<IResourceWithConnectionString> AddRedis([ResourceName] string name);

    IResourceBuilder<IResourceWithConnectionString> AddRabbitMQ([ResourceName] string name);

    /// <param name="name">The resource's name.</param>
    /// <param name="port">Of the mailbox page and of maildev's REST API.</param>
    IResourceBuilder<IResourceWithConnectionString> AddMailCatcher([ResourceName] string name, int port);
}
