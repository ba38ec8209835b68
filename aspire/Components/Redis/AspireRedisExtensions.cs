using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Calls only what StackExchange.Redis 1.2, which is all that some feeds carry, has in common with the current one.</summary>
public static class AspireRedisExtensions
{
    private const string Section = "Aspire:StackExchange:Redis";

    /// <summary>
    /// Adds the one <see cref="IConnectionMultiplexer"/>, which connects when somebody first asks for it. Settings come from the section
    /// and from its part named after the connection; <c>ConnectionStrings:{connectionName}</c> wins.
    /// </summary>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var section = builder.Configuration.GetSection(Section);
        var namedSection = section.GetSection(connectionName);
        var settings = new StackExchangeRedisSettings();
        section.Bind(settings);
        namedSection.Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ =>
        {
            // A Redis that is not there yet is waited for in the background; a connection string that says otherwise comes later and wins.
            var options = ConfigurationOptions.Parse($"abortConnect=false,{settings.ConnectionString}");
            section.GetSection("ConfigurationOptions").Bind(options);
            namedSection.GetSection("ConfigurationOptions").Bind(options);
            configureOptions?.Invoke(options);
            return options.EndPoints.Count > 0
                ? ConnectionMultiplexer.Connect(options)
                : throw new InvalidOperationException($"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}' or for the '{Section}:ConnectionString' configuration key.");
        });
        if (!settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().AddCheck<ServersCheck>("StackExchange.Redis");
    }

    /// <summary>Asks for the connection only within the check: where it cannot be opened, that is a result and not an error of all checks.</summary>
    private sealed class ServersCheck(IServiceProvider services) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var redis = services.GetRequiredService<IConnectionMultiplexer>();
            await Task.WhenAll(redis.GetEndPoints(configuredOnly: true).Select(e => redis.GetServer(e).PingAsync())).WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
