using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Travel.ServiceDefaults.Resilience;

internal static class ResilienceRegistration
{
    public static void AddResilience(this IServiceCollection services)
    {
        services.AddOptions<OutgoingHttpOptions>().BindConfiguration(OutgoingHttpOptions.Section)
            .Validate(options => options.TotalTimeout >= options.AttemptTimeout, "OutgoingHttp:TotalTimeout must not be shorter than OutgoingHttp:AttemptTimeout.")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ResiliencePipelines>();
    }

    public static void AddResilience(this IHttpClientBuilder http) =>
        http.AddHttpMessageHandler(services => new ResilienceHandler(services.GetRequiredService<ResiliencePipelines>()));
}
