using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.Api.Accounts;
using Travel.Api.Idempotency;
using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;

namespace Travel.Api.Bookings;

/// <summary>What guests, hosts and operators do to a booking that is there.</summary>
internal static class BookingMoveEndpoints
{
    public static async Task<Results<Ok<BookingResponse>, ValidationProblem, ProblemHttpResult>> AcceptAsync(
        Guid id, ClaimsPrincipal caller, AcceptRequest accept, HttpContext context, CancellationToken cancellationToken) =>
        BookingAnswers.Of(await accept.ExecuteAsync(caller.Caller(), id, cancellationToken), context);

    public static async Task<Results<Ok<BookingResponse>, ValidationProblem, ProblemHttpResult>> DeclineAsync(
        Guid id, DeclineRequestRequest? request, ClaimsPrincipal caller, DeclineRequest decline, HttpContext context, CancellationToken cancellationToken) =>
        BookingAnswers.Of(await decline.ExecuteAsync(caller.Caller(), id, request?.Reason, cancellationToken), context);

    public static async Task<Results<Ok<CancellationPreview>, ProblemHttpResult>> PreviewCancellationAsync(
        Guid id, ClaimsPrincipal caller, CancelBooking cancel, HttpContext context, CancellationToken cancellationToken)
    {
        var (preview, refusal) = await cancel.PreviewAsync(caller.Caller(), id, cancellationToken);
        return preview is not null ? TypedResults.Ok(preview) : BookingAnswers.Refusal(refusal!, context);
    }

    public static async Task<Results<Ok<BookingResponse>, ValidationProblem, ProblemHttpResult>> CancelAsync(
        Guid id, CancelBookingRequest request, ClaimsPrincipal caller, CancelBooking cancel, HttpContext context, CancellationToken cancellationToken) =>
        BookingAnswers.Of(await cancel.ExecuteAsync(caller.Caller(), id, request.Refund, request.Reason, cancellationToken), context);

    public static async Task<Results<Ok<BookingResponse>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        Guid id,
        ChangeStayRequest request,
        [FromHeader(Name = IdempotencyKeys.Header)] string? idempotencyKey,
        ClaimsPrincipal caller,
        ChangeStay change,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKeys.IsMissing(idempotencyKey))
        {
            return IdempotencyKeys.Missing();
        }

        var stay = new StayRequest(request.CheckIn, request.CheckOut, request.Guests);
        return BookingAnswers.Of(await change.ExecuteAsync(caller.Caller(), id, stay, request.Total, idempotencyKey, cancellationToken), context);
    }

    public static async Task<Results<Ok<BookingResponse>, ValidationProblem, ProblemHttpResult>> LeaveEarlyAsync(
        Guid id, LeaveEarlyRequest request, ClaimsPrincipal caller, LeaveEarly leave, HttpContext context, CancellationToken cancellationToken) =>
        BookingAnswers.Of(await leave.ExecuteAsync(caller.Caller(), id, request.On, cancellationToken), context);
}
