using Microsoft.Extensions.DependencyInjection;

namespace Travel.Domain.Bookings;

internal static class BookingRegistration
{
    public static void AddBookings(this IServiceCollection services)
    {
        services.AddOptions<BookingOptions>().BindConfiguration(BookingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<BookStay>();
        services.AddScoped<AcceptRequest>();
        services.AddScoped<DeclineRequest>();
        services.AddScoped<CancelBooking>();
        services.AddScoped<ChangeStay>();
        services.AddScoped<LeaveEarly>();
        services.AddScoped<ListingSweep>();
        services.AddScoped<ExpireHolds>();
        services.AddScoped<ExpireChanges>();
        services.AddScoped<ExpireRequests>();
        services.AddScoped<CompleteStays>();
    }
}
