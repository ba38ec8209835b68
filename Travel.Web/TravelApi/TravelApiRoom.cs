using Travel.Contracts;

namespace Travel.Web.TravelApi;

internal static class TravelApiRoom
{
    public static void AddTravelApi(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddTransient<VisitorHeaders>();
        services.AddHttpClient<ApiCall>(http =>
            {
                http.BaseAddress = new Uri($"http://{ResourceNames.Api}/api/v1/");
                // Longer than a slow booking, shorter than a visitor's patience.
                http.Timeout = TimeSpan.FromSeconds(20);
            })
            .AddHttpMessageHandler<VisitorHeaders>();
    }
}
