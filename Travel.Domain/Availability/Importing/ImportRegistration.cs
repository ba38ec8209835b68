using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Travel.Domain.Availability.Importing;

internal static class ImportRegistration
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddOptions<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations()
            .Validate<IHostEnvironment>(
                (options, environment) => options.AllowedHosts.Count == 0 || environment.IsDevelopment(), "Imports:AllowedHosts is for development only.")
            .ValidateOnStart();
        services.AddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.AddSingleton<CalendarDownload>();
        services.AddScoped<ReplaceImports>();
        services.AddScoped<RefreshImport>();
        services.AddSingleton<RefreshImports>();
    }
}
