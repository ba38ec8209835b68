using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Api.Paging;
using Travel.Contracts;

namespace Travel.Api.Bookings;

internal static class BookingEndpoints
{
    public static void MapBookings(this IEndpointRouteBuilder api)
    {
        var bookings = api.MapGroup("/bookings").WithTags("Bookings").RequireAuthorization();
        bookings.MapPost("", BookingRequestEndpoints.BookAsync).WithName("BookStay").WithSummary("Book a stay")
            .ChecksKey().Refuses(ProblemTypes.NotFound, ProblemTypes.OwnListing, ProblemTypes.DatesUnavailable, ProblemTypes.PriceChanged);
        bookings.MapGet("", BookingReadEndpoints.FindAsync).WithName("FindBookings").WithSummary("My trips, or bookings of my places")
            .AcceptsQuery("as", "status", "limit", "cursor");

        var booking = bookings.MapGroup("/{id:guid}").Refuses(ProblemTypes.NotFound);
        booking.MapGet("", BookingReadEndpoints.GetAsync).WithName("GetBooking").WithSummary("One booking").AcceptsQuery();
        booking.MapGet("/timeline", BookingReadEndpoints.TimelineAsync).WithName("GetTimeline").WithSummary("What has happened to a booking")
            .AcceptsQuery("limit", "cursor");
        booking.MapGet("/calendar.ics", BookingReadEndpoints.CalendarAsync).WithName("GetStayCalendar").WithSummary("The stay for a calendar (RFC 5545)")
            .Produces<string>(StatusCodes.Status200OK, "text/calendar").AcceptsQuery().Shows(BookingExamples.Calendar).Sends("Content-Disposition");
        booking.MapGet("/cancellation", BookingMoveEndpoints.PreviewCancellationAsync).WithName("PreviewCancellation")
            .WithSummary("What a cancellation comes to now").AcceptsQuery().Refuses(ProblemTypes.NotCancellable);

        booking.MapPost("/acceptance", BookingMoveEndpoints.AcceptAsync).WithName("AcceptRequest").WithSummary("Accept a request")
            .Refuses(ProblemTypes.Forbidden, ProblemTypes.NotRequested, ProblemTypes.DatesUnavailable, ProblemTypes.ListingSuspended).Shows(BookingExamples.Accepted);
        booking.MapPost("/rejection", BookingMoveEndpoints.DeclineAsync).WithName("DeclineRequest").WithSummary("Decline a request")
            .Refuses(ProblemTypes.Forbidden, ProblemTypes.NotRequested).Shows(BookingExamples.Declined);
        booking.MapPost("/cancellation", BookingMoveEndpoints.CancelAsync).WithName("CancelBooking").WithSummary("Cancel")
            .Refuses(ProblemTypes.NotCancellable, ProblemTypes.RefundChanged).Shows(BookingExamples.Cancelled);
        booking.MapPost("/change", BookingMoveEndpoints.ChangeAsync).WithName("ChangeStay").WithSummary("Change dates or guests")
            .ChecksKey().Refuses(ProblemTypes.Forbidden, ProblemTypes.NotChangeable, ProblemTypes.DatesUnavailable, ProblemTypes.PriceChanged)
            .Shows(BookingExamples.Changed);
        booking.MapPost("/early-departure", BookingMoveEndpoints.LeaveEarlyAsync).WithName("LeaveEarly").WithSummary("Leave before the end")
            .Refuses(ProblemTypes.Forbidden, ProblemTypes.NotUnderWay).Shows(BookingExamples.EndedEarly);
    }
}
