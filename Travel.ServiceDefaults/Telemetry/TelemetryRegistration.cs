using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Travel.ServiceDefaults.Telemetry;

/// <summary>
/// Logs, traces and metrics over OTLP to wherever the standard variables point (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>,
/// <c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>, <c>OTEL_TRACES_SAMPLER</c>, …). Without an endpoint nothing is exported, nor
/// with <c>OTEL_SDK_DISABLED=true</c>; one kind alone is switched off by <c>OTEL_TRACES_EXPORTER=none</c>, <c>OTEL_METRICS_EXPORTER=none</c>
/// or <c>OTEL_LOGS_EXPORTER=none</c>.
/// </summary>
internal static class TelemetryRegistration
{
    /// <summary>What is traced: our rooms, and what the framework and the drivers report of themselves.</summary>
    private static readonly string[] Sources = ["Travel.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "RabbitMQ.Client.Publisher"];

    private static readonly string[] Meters =
        ["Travel.*", "Microsoft.AspNetCore.*", "System.Net.Http", "System.Net.NameResolution", "System.Runtime", "Npgsql"];

    public static void AddTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]) || configuration.GetValue("OTEL_SDK_DISABLED", defaultValue: false))
        {
            return;
        }

        var resource = ResourceOf(builder);
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
            logs.SetResourceBuilder(resource);
            if (Exports(configuration, "LOGS"))
            {
                logs.AddOtlpExporter();
            }
        });
        builder.Services.AddHostedService(services => new TelemetryProviders(
            () => Exports(configuration, "TRACES") ? TracesOf(resource, configuration) : null,
            () => Exports(configuration, "METRICS") ? MetricsOf(resource) : null,
            services.GetRequiredService<LoggerProvider>()));
    }

    /// <summary>Who is speaking; what the standard variables say of it comes last and wins.</summary>
    private static ResourceBuilder ResourceOf(IHostApplicationBuilder builder) => ResourceBuilder.CreateDefault()
        .AddService(
            builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName,
            serviceVersion: Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
        .AddAttributes(
        [
            new("deployment.environment.name", builder.Environment.EnvironmentName.ToLowerInvariant()),
            new("host.name", Environment.MachineName),
            new("process.pid", (long)Environment.ProcessId),
        ])
        .AddEnvironmentVariableDetector();

    private static TracerProvider TracesOf(ResourceBuilder resource, IConfiguration configuration) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(resource)
        .SetSampler(RootSampler.Of(configuration))
        .AddSource(Sources)
        .AddOtlpExporter()
        .Build();

    private static MeterProvider MetricsOf(ResourceBuilder resource) => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(resource)
        .AddMeter(Meters)
        .AddOtlpExporter()
        .Build();

    private static bool Exports(IConfiguration configuration, string signal) =>
        !string.Equals(configuration[$"OTEL_{signal}_EXPORTER"], "none", StringComparison.OrdinalIgnoreCase);
}
