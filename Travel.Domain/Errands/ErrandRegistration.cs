using Microsoft.Extensions.DependencyInjection;

namespace Travel.Domain.Errands;

internal static class ErrandRegistration
{
    public static void AddErrands(this IServiceCollection services)
    {
        services.AddOptions<ErrandOptions>().BindConfiguration(ErrandOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<RequestErrand>();
        services.AddScoped<CancelErrand>();
    }
}
