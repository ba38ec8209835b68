using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Aspire.Hosting;

public static partial class PostgresBuilderExtensions
{
    private const string Registry = "docker.io";
    private const string Image = "library/postgres";
    private const string Tag = "18.3";

    // From this version on the image keeps its data one folder up, in a folder per version.
    private const int VersionWithFolderPerVersion = 18;

    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">By default postgres.</param>
    /// <param name="password">By default generated, as the parameter <c>{name}-password</c>.</param>
    /// <param name="port">The public port; without one it is chosen at start.</param>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var server = new PostgresServerResource(
            name, userName?.Resource, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password"));
        builder.Eventing.Subscribe<ResourceReadyEvent>(server, (ready, cancellationToken) => CreateDatabasesAsync(server, ready.Services, cancellationToken));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 5432, name: PostgresServerResource.PrimaryEndpointName)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithIconName("DatabaseMultiple")
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
            })
            .WithCheck(server, database: "postgres");
    }

    /// <summary>Made when the server is ready, unless it is there.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, [ResourceName] string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(database.Name, database.DatabaseName);
        return builder.ApplicationBuilder.AddResource(database)
            .WithIconName("Database")
            .WithCheck(builder.Resource, database.DatabaseName);
    }

    /// <summary>Keeps the data in a volume that outlives the container. To be called after the image is chosen: versions differ in where they have it.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? throw new ArgumentNullException(nameof(name)), DataDirectory(builder.Resource), isReadOnly);

    private static string DataDirectory(PostgresServerResource server)
    {
        var version = server.TryGetLastAnnotation<ContainerImageAnnotation>(out var image) ? (image.Tag ?? Tag).Split('-')[0].Split('.')[0] : null;
        return int.TryParse(version, CultureInfo.InvariantCulture, out var major) && major >= VersionWithFolderPerVersion ? "/var/lib/postgresql" : "/var/lib/postgresql/data";
    }

    private static IResourceBuilder<T> WithCheck<T>(this IResourceBuilder<T> builder, PostgresServerResource server, string database)
        where T : IResource
    {
        var key = $"{builder.Resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, async cancellationToken =>
        {
            await using var connection = await ConnectAsync(server, database, cancellationToken);
            await using var question = new NpgsqlCommand("SELECT 1", connection);
            await question.ExecuteScalarAsync(cancellationToken);
            return Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Healthy();
        });
        return builder.WithHealthCheck(key);
    }

    private static async Task CreateDatabasesAsync(PostgresServerResource server, IServiceProvider services, CancellationToken cancellationToken)
    {
        var logger = services.GetRequiredService<ResourceLoggerService>().GetLogger(server);
        await using var connection = await ConnectAsync(server, "postgres", cancellationToken);
        foreach (var database in server.Databases.Values)
            await CreateDatabaseAsync(connection, database, logger, cancellationToken);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What keeps one database from being made is shown in the server's console; its own check says the rest.")]
    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The name comes from the model, is quoted, and cannot be a parameter here.")]
    private static async Task CreateDatabaseAsync(NpgsqlConnection connection, string database, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            using var quoting = new NpgsqlCommandBuilder();
            await using var command = new NpgsqlCommand($"CREATE DATABASE {quoting.QuoteIdentifier(database)}", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            Log.AlreadyThere(logger, database);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotCreated(logger, database, e);
        }
    }

    // Pooled, a connection may still belong to the server before its restart.
    private static async Task<NpgsqlConnection> ConnectAsync(PostgresServerResource server, string database, CancellationToken cancellationToken)
    {
        var address = await server.ConnectionStringExpression.GetValueAsync(cancellationToken);
        var connection = new NpgsqlConnection($"{address};Database={database};Pooling=false");
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Database '{Database}' already exists")]
        public static partial void AlreadyThere(ILogger logger, string database);

        [LoggerMessage(2, LogLevel.Error, "Failed to create database '{Database}'")]
        public static partial void NotCreated(ILogger logger, string database, Exception exception);
    }
}
