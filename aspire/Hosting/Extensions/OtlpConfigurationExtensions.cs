using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public static class OtlpConfigurationExtensions
{
    /// <summary>Sends the resource's telemetry to the dashboard. Projects do so without being told.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        var configuration = builder.ApplicationBuilder.Configuration;
        var isDevelopment = builder.ApplicationBuilder.Environment.IsDevelopment();
        builder.WithAnnotation(new OtlpExporterAnnotation());
        return builder.WithEnvironment(context =>
        {
            var variables = context.EnvironmentVariables;
            var model = context.ExecutionContext.Services.GetRequiredService<DistributedApplicationModel>();
            if (model.Resources.OfType<DashboardResource>().SingleOrDefault() is { } dashboard)
            {
                variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = dashboard.OtlpGrpc;
                variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            }
            else
            {
                variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = configuration[DashboardOptions.OtlpGrpcUrlKey] ?? configuration[DashboardOptions.OtlpHttpUrlKey] ?? "http://localhost:18889";
                variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = configuration[DashboardOptions.OtlpGrpcUrlKey] is null && configuration[DashboardOptions.OtlpHttpUrlKey] is not null ? "http/protobuf" : "grpc";
            }
            // DCP fills these in, for each replica its own.
            variables["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id={{index .Annotations \"otel-service-instance-id\"}}";
            variables["OTEL_SERVICE_NAME"] = "{{index .Annotations \"otel-service-name\"}}";
            if (configuration[DashboardOptions.OtlpApiKeyKey] is { } key)
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            if (!isDevelopment)
                return;
            foreach (var delay in (string[])["OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL"])
                variables[delay] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        });
    }
}
