using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Travel.ServiceDefaults.ServiceAddresses;

internal static class ServiceAddressRegistration
{
    public static void AddServiceAddresses(this IHttpClientBuilder http) =>
        http.AddHttpMessageHandler(services => new ServiceAddressHandler(services.GetRequiredService<IConfiguration>()));
}
