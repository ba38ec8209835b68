using Travel.AppHost.LocalServices;

namespace Travel.AppHost.Backing;

/// <summary>Processes of this machine, from programs that are installed on it, with their data below <paramref name="data"/>.</summary>
internal sealed class ProcessBacking(IDistributedApplicationBuilder builder, string data) : IBacking
{
    public IResourceBuilder<IResourceWithConnectionString> AddDatabase(string name, string server) => builder.AddLocalPostgres(server, data).AddDatabase(name);

    public IResourceBuilder<IResourceWithConnectionString> AddRedis(string name) => builder.AddLocalRedis(name, data);

    public IResourceBuilder<IResourceWithConnectionString> AddRabbitMQ(string name) => builder.AddLocalRabbitMQ(name, data);

    public IResourceBuilder<IResourceWithConnectionString> AddMailCatcher(string name, int port) => builder.AddMailCatcher(name, data, port);
}
