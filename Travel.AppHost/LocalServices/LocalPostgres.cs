using Npgsql;

namespace Travel.AppHost.LocalServices;

internal sealed class LocalPostgresResource(string name, string directory, ParameterResource password) : LocalServer(name, directory)
{
    private const string UserName = "postgres";

    /// <summary>The script makes those that are missing before the server takes connections.</summary>
    public IList<string> Databases { get; } = [];

    public override ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserName};Password={password}");

    public ReferenceExpression UriExpression => ReferenceExpression.Create($"postgresql://{UserName}:{password:uri}@{Host}:{Port}");

    public override IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [.. Parts, new("Uri", UriExpression)];

    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> Parts =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", ReferenceExpression.Create($"{UserName}")),
        new("Password", ReferenceExpression.Create($"{password}")),
    ];
}

internal sealed class LocalPostgresDatabaseResource(string name, LocalPostgresResource server)
    : Resource(name), IResourceWithParent<LocalPostgresResource>, IResourceWithConnectionString
{
    public LocalPostgresResource Parent { get; } = server;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Database={Name}");

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        .. Parent.Parts,
        new("DatabaseName", ReferenceExpression.Create($"{Name}")),
        new("Uri", ReferenceExpression.Create($"{Parent.UriExpression}/{Name}")),
    ];
}

internal static class LocalPostgres
{
    public static IResourceBuilder<LocalPostgresResource> AddLocalPostgres(this IDistributedApplicationBuilder builder, [ResourceName] string name, string data)
    {
        var password = builder.AddPassword(name);
        var server = new LocalPostgresResource(name, builder.LocalServicesDirectory(), password.Resource);
        return builder.AddLocalServer(server, "postgres.sh", data, scheme: "tcp")
            .WithEnvironment("PASSWORD", password)
            .WithEnvironment(context => context.EnvironmentVariables["DATABASES"] = string.Join(' ', server.Databases))
            .WithIconName("DatabaseMultiple")
            .WithHealthCheck(AskAsync);
    }

    public static IResourceBuilder<LocalPostgresDatabaseResource> AddDatabase(this IResourceBuilder<LocalPostgresResource> builder, [ResourceName] string name)
    {
        builder.Resource.Databases.Add(name);
        return builder.ApplicationBuilder.AddResource(new LocalPostgresDatabaseResource(name, builder.Resource))
            .OnInitializeResource(FollowServerAsync)
            .WithIconName("Database")
            .WithHealthCheck(AskAsync);
    }

    /// <summary>Aspire passes the state of a container on to what lives in it, but not that of a process.</summary>
    private static async Task FollowServerAsync(LocalPostgresDatabaseResource database, InitializeResourceEvent initialize, CancellationToken cancellationToken)
    {
        await foreach (var change in initialize.Notifications.WatchAsync(cancellationToken))
        {
            if (change.Resource != database.Parent)
                continue;
            await initialize.Notifications.PublishUpdateAsync(database, snapshot => snapshot with
            {
                State = change.Snapshot.State,
                StartTimeStamp = change.Snapshot.StartTimeStamp,
                StopTimeStamp = change.Snapshot.StopTimeStamp,
            });
        }
    }

    private static async Task AskAsync(IResourceWithConnectionString resource, CancellationToken cancellationToken)
    {
        var connectionString = await resource.GetConnectionStringAsync(cancellationToken);
        // Pooled, a connection may still belong to the server before its restart.
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var question = new NpgsqlCommand("SELECT 1", connection);
        await question.ExecuteScalarAsync(cancellationToken);
    }
}
