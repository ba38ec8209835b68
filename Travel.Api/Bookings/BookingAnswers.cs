using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;

namespace Travel.Api.Bookings;

/// <summary>Outcomes of the domain as answers.</summary>
internal static class BookingAnswers
{
    public static Results<Ok<BookingResponse>, ValidationProblem, ProblemHttpResult> Of(BookingOutcome outcome, HttpContext context) => outcome switch
    {
        BookingOutcome.Done(var booking) => TypedResults.Ok(booking),
        BookingOutcome.Invalid(var errors) => Problems.Invalid(errors),
        _ => Refusal(outcome, context),
    };

    public static ProblemHttpResult Refusal(BookingOutcome outcome, HttpContext context) => outcome switch
    {
        BookingOutcome.NoSuchBooking => Problems.NotFound("There is no such booking."),
        BookingOutcome.NotAllowed(var sentence) => Problems.Forbidden(sentence),
        BookingOutcome.NotNow(var type, var sentence) => Problems.Of(type, sentence),
        BookingOutcome.DatesUnavailable => Problems.Of(ProblemTypes.DatesUnavailable),
        BookingOutcome.RefundChanged(var due) => Problems.Of(
            ProblemTypes.RefundChanged, $"By now {due} comes back. Nothing is cancelled yet; please look at it again."),
        BookingOutcome.PriceChanged(var total) => PriceChanged(total, "Nothing is changed yet"),
        BookingOutcome.KeyUsedForAnotherRequest => IdempotencyKeys.UsedForAnotherRequest(),
        BookingOutcome.InFlight => IdempotencyKeys.InFlight(context),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    public static ProblemHttpResult PriceChanged(Money total, string soFar) =>
        Problems.Of(ProblemTypes.PriceChanged, $"This stay costs {total} now. {soFar}; please look at the price again.");
}
