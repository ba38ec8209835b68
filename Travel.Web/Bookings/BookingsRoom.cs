namespace Travel.Web.Bookings;

internal static class BookingsRoom
{
    public static void AddBookings(this IServiceCollection services) => services.AddTransient<BookingsClient>();

    /// <summary>The browser has a cookie and no token, so calendar files come through here.</summary>
    public static void MapBookings(this WebApplication app) => app.MapGet("/trips/{id:guid}/calendar.ics", async (
        Guid id, BookingsClient bookings, CancellationToken cancellationToken) =>
    {
        var reply = await bookings.CalendarAsync(id, cancellationToken);
        return reply switch
        {
            { IsOk: true } => Results.Text(reply.Value, "text/calendar; charset=utf-8"),
            { Trouble: { } trouble } => Results.StatusCode(trouble.Status),
            _ => Results.NotFound(),
        };
    }).RequireAuthorization();
}
