using System.Net.Sockets;
using Aspire.RabbitMQ.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Microsoft.Extensions.Hosting;

public static class AspireRabbitMQExtensions
{
    private const string Section = "Aspire:RabbitMQ:Client";

    private static readonly ResiliencePipeline ConnectRetries = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<SocketException>().Handle<BrokerUnreachableException>(),
            BackoffType = DelayBackoffType.Exponential,
            MaxRetryAttempts = 5,
            Delay = TimeSpan.FromSeconds(1),
        })
        .Build();

    /// <summary>
    /// Adds an <see cref="IConnectionFactory"/> and the one <see cref="IConnection"/>, which is opened when somebody first asks for it.
    /// Settings come from the section and from its part named after the connection; <c>ConnectionStrings:{connectionName}</c> wins.
    /// </summary>
    public static void AddRabbitMQClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var section = builder.Configuration.GetSection(Section);
        var namedSection = section.GetSection(connectionName);
        var settings = new RabbitMQClientSettings();
        section.Bind(settings);
        namedSection.Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionFactory>(_ =>
        {
            var factory = new ConnectionFactory();
            section.GetSection("ConnectionFactory").Bind(factory);
            namedSection.GetSection("ConnectionFactory").Bind(factory);
            // Without one, the factory keeps the client's own default: a broker on this machine.
            if (!string.IsNullOrEmpty(settings.ConnectionString))
                factory.Uri = new(settings.ConnectionString);
            configureConnectionFactory?.Invoke(factory);
            return factory;
        });
        builder.Services.AddSingleton(services => Connect(services.GetRequiredService<IConnectionFactory>()));
        if (!settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().AddCheck<ConnectionCheck>("RabbitMQ.Client");
    }

    // The container knows no asynchronous construction.
    private static IConnection Connect(IConnectionFactory factory) => ConnectRetries
        .ExecuteAsync(static async (factory, cancellationToken) => await factory.CreateConnectionAsync(cancellationToken), factory)
        .AsTask().GetAwaiter().GetResult();

    /// <summary>Asks for the connection only within the check: where it cannot be opened, that is a result and not an error of all checks.</summary>
    private sealed class ConnectionCheck(IServiceProvider services) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var channel = await services.GetRequiredService<IConnection>().CreateChannelAsync(cancellationToken: cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
