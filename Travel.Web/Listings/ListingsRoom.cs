namespace Travel.Web.Listings;

internal static class ListingsRoom
{
    public static void AddListings(this IServiceCollection services) => services.AddTransient<ListingsClient>();
}
