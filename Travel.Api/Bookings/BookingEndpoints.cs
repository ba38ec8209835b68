using Travel.Api.Paging;

namespace Travel.Api.Bookings;

internal static class BookingEndpoints
{
    public static void MapBookings(this IEndpointRouteBuilder api)
    {
        var bookings = api.MapGroup("/bookings").WithTags("Bookings").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);
        bookings.MapPost("", BookingRequestEndpoints.BookAsync).WithName("BookStay").WithSummary("Book a stay").Refuses().ChecksKey();
        bookings.MapGet("", BookingReadEndpoints.FindAsync).WithName("FindBookings").WithSummary("My trips, or bookings of my places")
            .AcceptsQuery("as", "status", "limit", "cursor");
        bookings.MapGet("/{id:guid}", BookingReadEndpoints.GetAsync).WithName("GetBooking").WithSummary("One booking").AcceptsQuery();
        bookings.MapGet("/{id:guid}/timeline", BookingReadEndpoints.TimelineAsync).WithName("GetTimeline").WithSummary("What has happened to a booking")
            .AcceptsQuery("limit", "cursor");
        bookings.MapGet("/{id:guid}/calendar.ics", BookingReadEndpoints.CalendarAsync).WithName("GetStayCalendar").WithSummary("The stay for a calendar (RFC 5545)")
            .Produces(StatusCodes.Status200OK, contentType: "text/calendar").AcceptsQuery();

        bookings.MapPost("/{id:guid}/acceptance", BookingMoveEndpoints.AcceptAsync).WithName("AcceptRequest").WithSummary("Accept a request").Refuses();
        bookings.MapPost("/{id:guid}/rejection", BookingMoveEndpoints.DeclineAsync).WithName("DeclineRequest").WithSummary("Decline a request").Refuses();
        bookings.MapGet("/{id:guid}/cancellation", BookingMoveEndpoints.PreviewCancellationAsync).WithName("PreviewCancellation")
            .WithSummary("What a cancellation comes to now").AcceptsQuery().Refuses();
        bookings.MapPost("/{id:guid}/cancellation", BookingMoveEndpoints.CancelAsync).WithName("CancelBooking").WithSummary("Cancel").Refuses();
        bookings.MapPost("/{id:guid}/change", BookingMoveEndpoints.ChangeAsync).WithName("ChangeStay").WithSummary("Change dates or guests").Refuses().ChecksKey();
        bookings.MapPost("/{id:guid}/early-departure", BookingMoveEndpoints.LeaveEarlyAsync).WithName("LeaveEarly").WithSummary("Leave before the end").Refuses();
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint) =>
        endpoint.ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);

    private static RouteHandlerBuilder ChecksKey(this RouteHandlerBuilder endpoint) => endpoint.ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
