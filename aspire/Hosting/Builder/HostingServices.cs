using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal static class HostingServices
{
    public static void AddHostingServices(this HostApplicationBuilder host, DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var services = host.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(builder.AppHost);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(_ => new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(s => new ResourceLoggerService(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ResourceNotificationService(s.GetRequiredService<ResourceLoggerService>(), s));
        services.AddSingleton(s => new ResourceCommandService(s.GetRequiredService<ResourceNotificationService>(), s.GetRequiredService<ResourceLoggerService>(), s));
        // With the dashboard a person can look and start a dead dependency again; without it nobody can, and waiting on is no use.
        services.Configure<ResourceNotificationServiceOptions>(o =>
            o.DefaultWaitBehavior = options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        services.AddHttpClient();
        services.AddHealthChecks();

        services.AddSingleton<Engines>();
        services.AddSingleton<DcpHost>();
        services.AddSingleton<DcpApi>();
        services.AddSingleton<ExecutableStore>();
        services.AddSingleton<ExecutableSpecs>();
        services.AddSingleton<ExecutableWatcher>();
        services.AddSingleton<Executables>();
        services.AddSingleton<EndpointAllocation>();
        services.AddSingleton<ResourceUrls>();
        services.AddSingleton<Hierarchy>();
        services.AddSingleton<ParameterValues>();
        services.AddSingleton<Orchestrator>();

        // In this order: who watches begins before what is watched, and is there until after it has ended.
        services.AddHostedService<Announcements>();
        services.AddHostedService<HealthMonitor>();
        if (options.EnableResourceLogging)
            services.AddHostedService<ConsoleForwarding>();
        if (!options.DisableDashboard)
            services.AddDashboard(builder.Eventing);
        services.AddHostedService(s => s.GetRequiredService<Orchestrator>());

        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Error);
        host.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        // Whoever has the dashboard sees there what a check says; while things come up, failing checks are the rule.
        if (!options.DisableDashboard)
            host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        host.Logging.AddConfiguration(host.Configuration.GetSection("Logging"));
    }
}
