using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;

namespace Travel.Api.Payments;

/// <summary>What a guest does to pay.</summary>
internal static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder api)
    {
        var payment = api.MapGroup("/bookings/{id:guid}/payment").WithTags("Payments").RequireAuthorization().Refuses(ProblemTypes.NotFound);
        payment.MapPost("", PayAsync).WithName("PayBooking").WithSummary("Pay what is due: a page of the payment provider, to which the guest goes")
            .ChecksKey().Refuses(
                ProblemTypes.Forbidden, ProblemTypes.PaymentNotDue, ProblemTypes.AlreadyPaid, ProblemTypes.PaymentUnknown, ProblemTypes.PaymentRefused, ProblemTypes.PaymentAway);
        payment.MapGet("", GetAsync).WithName("GetBookingPayment").WithSummary("How paying stands").AcceptsQuery();
        payment.MapPost("/check", CheckAsync).WithName("CheckPayment").WithSummary("Ask the payment provider what became of it, as guests do who come back from there")
            .AcceptsQuery("txRef");
        api.MapHostEarnings();
        api.MapGatewayNotices();
        api.MapPaymentOperations();
    }

    private static async Task<Results<Ok<CheckoutResponse>, ValidationProblem, ProblemHttpResult>> PayAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKeys.Header)] string? idempotencyKey,
        ClaimsPrincipal caller,
        PayBooking pay,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKeys.IsMissing(idempotencyKey))
        {
            return IdempotencyKeys.Missing();
        }

        var outcome = await pay.ExecuteAsync(caller.Caller(), id, idempotencyKey, cancellationToken);
        return outcome switch
        {
            PayBookingOutcome.Opened(var page, var txRef) => TypedResults.Ok(new CheckoutResponse(page, txRef)),
            PayBookingOutcome.NoSuchBooking => NoSuchBooking(),
            PayBookingOutcome.NotAllowed(var sentence) => Problems.Forbidden(sentence),
            PayBookingOutcome.NotDue(var type, var sentence) => Problems.Of(type, sentence),
            PayBookingOutcome.Unknown => Problems.Of(ProblemTypes.PaymentUnknown),
            PayBookingOutcome.Refused => Problems.Of(ProblemTypes.PaymentRefused),
            PayBookingOutcome.GatewayAway => context.Away(),
            PayBookingOutcome.InFlight => IdempotencyKeys.InFlight(context),
            PayBookingOutcome.KeyUsedForAnotherRequest => IdempotencyKeys.UsedForAnotherRequest(),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<BookingPayment>, ProblemHttpResult>> GetAsync(
        Guid id, ClaimsPrincipal caller, TravelDbContext db, TimeProvider clock, CancellationToken cancellationToken) =>
        await PaymentReads.GetAsync(db, id, caller.Caller(), clock.GetUtcNow(), cancellationToken) is { } payment ? TypedResults.Ok(payment) : NoSuchBooking();

    private static async Task<Results<Ok<BookingPayment>, ProblemHttpResult>> CheckAsync(
        Guid id, string? txRef, ClaimsPrincipal caller, TravelDbContext db, LookIntoPayment look, TimeProvider clock, CancellationToken cancellationToken)
    {
        // What cannot be a reference says nothing, and cannot even be looked for.
        var said = txRef is not null && Payment.IsReference(txRef) ? txRef : null;
        if (await PaymentReads.WatchedAttemptAsync(db, id, caller.Caller(), said, cancellationToken) is { } watched)
        {
            await look.ExecuteAsync(watched, cancellationToken);
        }

        return await GetAsync(id, caller, db, clock, cancellationToken);
    }

    private static ProblemHttpResult Away(this HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Problems.Of(ProblemTypes.PaymentAway);
    }

    private static ProblemHttpResult NoSuchBooking() => Problems.NotFound("There is no such booking.");
}
