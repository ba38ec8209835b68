using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Idempotency;

namespace Travel.Api.Bookings;

internal static class BookingEndpoints
{
    public static void MapBookings(this IEndpointRouteBuilder api)
    {
        var bookings = api.MapGroup("/bookings").WithTags("Bookings").RequireAuthorization();
        bookings.MapPost("", BookAsync).WithName("BookStay").WithSummary("Book a stay")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        bookings.MapGet("/{id:guid}", GetAsync).WithName("GetBooking").WithSummary("One booking")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<BookingResponse>, ValidationProblem, ProblemHttpResult>> BookAsync(
        BookStayRequest request,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        ClaimsPrincipal guest,
        BookStay bookStay,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(idempotencyKey) || idempotencyKey.Length > IdempotentRequest.LongestKey)
        {
            return Problems.Invalid("Idempotency-Key", $"This header is required, with at most {IdempotentRequest.LongestKey} characters.");
        }

        var stay = new StayRequest(request.CheckIn, request.CheckOut, request.Guests, request.Note);
        var outcome = await bookStay.ExecuteAsync(guest.UserId(), request.ListingId, stay, idempotencyKey, cancellationToken);
        switch (outcome)
        {
            case BookStayOutcome.Booked(var booking):
                return TypedResults.Created($"/api/v1/bookings/{booking.Id}", booking);
            case BookStayOutcome.Invalid(var errors):
                return Problems.Invalid(errors);
            case BookStayOutcome.NoSuchListing:
                return Problems.NotFound("There is no such stay.");
            case BookStayOutcome.DatesUnavailable:
                return Problems.Conflict("dates-unavailable", "These dates are taken", "Somebody else has some of these nights. Please choose other dates.");
            case BookStayOutcome.NotBookableYet(var payment, var mode):
                return Problems.Conflict("not-bookable-yet", "This stay cannot be booked here yet", NotBookableYet(payment, mode));
            case BookStayOutcome.KeyUsedForAnotherRequest:
                return Problems.Unprocessable(
                    "idempotency-key-reused", "This Idempotency-Key was used for another request", "Send another key for another booking.");
            case BookStayOutcome.InFlight:
                context.Response.Headers.RetryAfter = "1";
                return Problems.Conflict(
                    "request-in-flight", "This request is being answered", "The same request is being worked on at this moment. Ask again in a second.");
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}.");
        }
    }

    private static string NotBookableYet(PaymentMode payment, BookingMode mode) => mode == BookingMode.Request
        ? "The host of this stay answers each request, and requests are not open yet."
        : $"This stay is paid {(payment == PaymentMode.Online ? "online" : "on arrival")}, and that is not open yet.";

    private static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> GetAsync(
        Guid id, ClaimsPrincipal caller, TravelDbContext db, CancellationToken cancellationToken)
    {
        var callerId = caller.UserId();
        var seesAll = caller.IsInRole("operator");
        var booking = await db.Bookings.AsNoTracking()
            .Include(found => found.Listing)
            .SingleOrDefaultAsync(
                found => found.Id == id && (seesAll || found.GuestId == callerId || found.Listing!.HostId == callerId), cancellationToken);
        return booking is null ? Problems.NotFound("There is no such booking.") : TypedResults.Ok(booking.ToResponse(booking.Listing!));
    }
}
