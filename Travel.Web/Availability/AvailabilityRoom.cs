namespace Travel.Web.Availability;

internal static class AvailabilityRoom
{
    public static void AddAvailability(this IServiceCollection services) => services.AddTransient<AvailabilityClient>();
}
