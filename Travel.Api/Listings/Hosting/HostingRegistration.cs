namespace Travel.Api.Listings.Hosting;

internal static class HostingRegistration
{
    public static void AddHosting(this IServiceCollection services)
    {
        services.AddScoped<ChangeListing>();
        services.AddScoped<CreateListing>();
        services.AddScoped<EditListing>();
        services.AddScoped<PublishListing>();
        services.AddScoped<SetRates>();
    }
}
