using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;

namespace Travel.Api.Bookings;

internal static class BookingRequestEndpoints
{
    public static async Task<Results<Created<BookingResponse>, ValidationProblem, ProblemHttpResult>> BookAsync(
        BookStayRequest request,
        [FromHeader(Name = IdempotencyKeys.Header)] string? idempotencyKey,
        ClaimsPrincipal guest,
        BookStay bookStay,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKeys.IsMissing(idempotencyKey))
        {
            return IdempotencyKeys.Missing();
        }

        var stay = new StayRequest(request.CheckIn, request.CheckOut, request.Guests, request.Note);
        var outcome = await bookStay.ExecuteAsync(guest.UserId(), request.ListingId, stay, request.Total, idempotencyKey, cancellationToken);
        return outcome switch
        {
            BookStayOutcome.Booked(var booking) => TypedResults.Created($"/api/v1/bookings/{booking.Id}", booking),
            BookStayOutcome.Invalid(var errors) => Problems.Invalid(errors),
            BookStayOutcome.NoSuchListing => Problems.NotFound("There is no such stay."),
            BookStayOutcome.NoSuchGuest => Problems.Unauthorized("This account has been erased."),
            BookStayOutcome.OwnListing => Problems.Of(ProblemTypes.OwnListing),
            BookStayOutcome.DatesUnavailable => Problems.Of(ProblemTypes.DatesUnavailable),
            BookStayOutcome.PriceChanged(var total) => BookingAnswers.PriceChanged(total, "Nothing is booked yet"),
            BookStayOutcome.KeyUsedForAnotherRequest => IdempotencyKeys.UsedForAnotherRequest(),
            BookStayOutcome.InFlight => IdempotencyKeys.InFlight(context),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
        };
    }
}
