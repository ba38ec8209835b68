namespace Travel.Web.Bookings;

internal static class BookingsRoom
{
    public static void AddBookings(this IServiceCollection services) => services.AddTransient<BookingsClient>();
}
