using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Accounts;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Reviews;
using Travel.Domain.Accounts;
using Travel.Domain.Reviews;

namespace Travel.Api.Reviews;

/// <summary>The review of one's own stay, and the host's reply to it.</summary>
internal static class BookingReviewEndpoints
{
    public static void MapBookingReviews(this IEndpointRouteBuilder api)
    {
        var review = api.MapGroup("/bookings/{id:guid}/review").WithTags("Reviews").RequireAuthorization().Refuses(ProblemTypes.NotFound);
        review.MapGet("", GetAsync).WithName("GetBookingReview").WithSummary("The review of a stay, and what one may do about it").AcceptsQuery();
        review.MapPost("", WriteAsync).WithName("WriteReview").WithSummary("Review a stay that is over")
            .Refuses(ProblemTypes.Forbidden, ProblemTypes.StayNotOver, ProblemTypes.AlreadyReviewed);
        review.MapPut("", EditAsync).WithName("EditReview").WithSummary("Change one's review, for some days")
            .Refuses(ProblemTypes.Forbidden, ProblemTypes.ReviewClosed);
        review.MapPost("/reply", ReplyAsync).WithName("ReplyToReview").WithSummary("Answer a review of one's place")
            .Refuses(ProblemTypes.Forbidden, ProblemTypes.AlreadyReplied).Shows(ReviewExamples.Replied);
        review.MapPut("/reply", EditReplyAsync).WithName("EditReply").WithSummary("Change one's answer")
            .Refuses(ProblemTypes.Forbidden).Shows(ReviewExamples.Replied);
    }

    private static async Task<Results<Ok<BookingReviewResponse>, ProblemHttpResult>> GetAsync(
        Guid id, ClaimsPrincipal caller, ReadReview read, CancellationToken cancellationToken) =>
        await read.ExecuteAsync(caller.AsReader(), id, cancellationToken) is ReviewOutcome.Done(var review)
            ? TypedResults.Ok(review)
            : Problems.NotFound("There is no such booking.");

    private static async Task<Results<Created<BookingReviewResponse>, ValidationProblem, ProblemHttpResult>> WriteAsync(
        Guid id, WriteReviewRequest request, ClaimsPrincipal caller, WriteReview write, CancellationToken cancellationToken) =>
        await write.ExecuteAsync(caller.AsReader(), id, request.Rating, request.Text, cancellationToken) switch
        {
            ReviewOutcome.Done(var review) => TypedResults.Created($"/api/v1/bookings/{id}/review", review),
            ReviewOutcome.Invalid(var errors) => Problems.Invalid(errors),
            var refusal => ProblemOf(refusal),
        };

    private static async Task<Results<Ok<BookingReviewResponse>, ValidationProblem, ProblemHttpResult>> EditAsync(
        Guid id, WriteReviewRequest request, ClaimsPrincipal caller, WriteReview write, CancellationToken cancellationToken) =>
        await write.EditAsync(caller.AsReader(), id, request.Rating, request.Text, cancellationToken) switch
        {
            ReviewOutcome.Done(var review) => TypedResults.Ok(review),
            ReviewOutcome.Invalid(var errors) => Problems.Invalid(errors),
            var refusal => ProblemOf(refusal),
        };

    private static async Task<Results<Created<BookingReviewResponse>, ValidationProblem, ProblemHttpResult>> ReplyAsync(
        Guid id, ReplyToReviewRequest request, ClaimsPrincipal caller, ReplyToReview reply, CancellationToken cancellationToken) =>
        await reply.ExecuteAsync(caller.AsReader(), id, request.Text, cancellationToken) switch
        {
            ReviewOutcome.Done(var review) => TypedResults.Created($"/api/v1/bookings/{id}/review", review),
            ReviewOutcome.Invalid(var errors) => Problems.Invalid(errors),
            var refusal => ProblemOf(refusal),
        };

    private static async Task<Results<Ok<BookingReviewResponse>, ValidationProblem, ProblemHttpResult>> EditReplyAsync(
        Guid id, ReplyToReviewRequest request, ClaimsPrincipal caller, ReplyToReview reply, CancellationToken cancellationToken) =>
        await reply.EditAsync(caller.AsReader(), id, request.Text, cancellationToken) switch
        {
            ReviewOutcome.Done(var review) => TypedResults.Ok(review),
            ReviewOutcome.Invalid(var errors) => Problems.Invalid(errors),
            var refusal => ProblemOf(refusal),
        };

    private static ProblemHttpResult ProblemOf(ReviewOutcome refusal) => refusal switch
    {
        ReviewOutcome.NoSuchBooking => Problems.NotFound("There is no such booking."),
        ReviewOutcome.NotYours => Problems.Forbidden("The guest of a stay reviews it, and its host replies."),
        ReviewOutcome.StayIsNotOver => Problems.Of(ProblemTypes.StayNotOver),
        ReviewOutcome.AlreadyReviewed => Problems.Of(ProblemTypes.AlreadyReviewed),
        ReviewOutcome.NoReview => Problems.NotFound("This stay has no review."),
        ReviewOutcome.TooLate => Problems.Of(ProblemTypes.ReviewClosed),
        ReviewOutcome.AlreadyReplied => Problems.Of(ProblemTypes.AlreadyReplied),
        ReviewOutcome.NoReply => Problems.NotFound("This review has no reply."),
        _ => throw new InvalidOperationException($"Unknown outcome {refusal.GetType().Name}."),
    };

    private static Reader AsReader(this ClaimsPrincipal caller) => new(caller.UserId(), caller.IsInRole(RoleNames.Of(Role.Operator)));
}
