using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

internal static partial class DashboardSetup
{
    public static void AddDashboard(this IServiceCollection services, IDistributedApplicationEventing eventing)
    {
        services.AddSingleton(s => new DashboardOptions(s.GetRequiredService<IConfiguration>()));
        services.AddSingleton<ResourceService>();
        services.AddHostedService(s => s.GetRequiredService<ResourceService>());
        eventing.Subscribe<BeforeStartEvent>((e, _) =>
        {
            AddResource(e.Services, e.Model);
            return Task.CompletedTask;
        });
    }

    /// <summary>Only now, so that a program sees nothing but its own resources while it builds its model.</summary>
    private static void AddResource(IServiceProvider services, DistributedApplicationModel model)
    {
        var options = services.GetRequiredService<DashboardOptions>();
        var dashboard = new DashboardResource(
            services.GetRequiredService<Engines>().Dashboard,
            options,
            services.GetRequiredService<IConfiguration>(),
            () => services.GetRequiredService<ResourceService>().Address);
        model.Resources.Insert(0, dashboard);
        services.GetRequiredService<IDistributedApplicationEventing>().Subscribe<ResourceReadyEvent>(dashboard, (_, _) =>
        {
            Log.Login(services.GetRequiredService<ILogger<DistributedApplication>>(), dashboard.LoginUrl(options));
            return Task.CompletedTask;
        });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Login to the dashboard at {LoginUrl}")]
        public static partial void Login(ILogger logger, string loginUrl);
    }
}
