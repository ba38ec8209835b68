using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Aspire.Hosting;

public static class RedisBuilderExtensions
{
    private const string Registry = "docker.io";
    private const string Image = "library/redis";
    private const string Tag = "8.6";
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(60);

    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">The public port; without one it is chosen at start.</param>
    /// <param name="password">By default generated, as the parameter <c>{name}-password</c>.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        // StackExchange.Redis takes a comma for the end of a password.
        var redis = new RedisResource(name, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().AddAsyncCheck(key, cancellationToken => PingAsync(redis, cancellationToken));
        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: 6379, scheme: "redis", name: RedisResource.PrimaryEndpointName)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithIconName("Database")
            .WithHealthCheck(key)
            // The shell is what puts the password in.
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = redis.PasswordParameter!)
            .WithArgs(context =>
            {
                foreach (var argument in (string[])["redis-server", "--requirepass", "$REDIS_PASSWORD", .. Saving(redis)])
                    context.Args.Add(argument);
            });
    }

    /// <summary>Keeps the data in a volume that outlives the container, and saves it there now and then.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        builder.WithVolume(name ?? throw new ArgumentNullException(nameof(name)), "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <param name="builder">Redis.</param>
    /// <param name="interval">How often it saves; by default every minute.</param>
    /// <param name="keysChangedThreshold">When at least so many keys have changed.</param>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1) =>
        builder.WithAnnotation(new PersistenceAnnotation(interval ?? DefaultInterval, keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);

    private static string[] Saving(RedisResource redis) => redis.TryGetLastAnnotation<PersistenceAnnotation>(out var persistence)
        ? ["--save", persistence.Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture), persistence.KeysChanged.ToString(CultureInfo.InvariantCulture)]
        : [];

    private static async Task<HealthCheckResult> PingAsync(RedisResource redis, CancellationToken cancellationToken)
    {
        var address = ConfigurationOptions.Parse(await redis.ConnectionStringExpression.GetValueAsync(cancellationToken));
        // Anew each time: a connection of old may take a while to notice that its server has gone.
        using var connection = await ConnectionMultiplexer.ConnectAsync(address);
        await connection.GetDatabase().PingAsync();
        return HealthCheckResult.Healthy();
    }

    private sealed record PersistenceAnnotation(TimeSpan Interval, long KeysChanged) : IResourceAnnotation;
}
