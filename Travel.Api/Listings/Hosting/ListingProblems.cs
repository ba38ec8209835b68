using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Contracts;

namespace Travel.Api.Listings.Hosting;

/// <summary>What a host is answered when a listing is not changed.</summary>
internal static class ListingProblems
{
    public static ProblemHttpResult Of(ListingOutcome refusal, HttpContext context)
    {
        switch (refusal)
        {
            case ListingOutcome.Invalid(var errors):
                return TypedResults.Problem(Problems.Invalid(errors).ProblemDetails);
            case ListingOutcome.NotThere:
                return Problems.NotFound("There is no such listing.");
            case ListingOutcome.NoSuchPhoto:
                return Problems.NotFound("There is no such photo.");
            case ListingOutcome.NotTheirs:
                return Problems.Forbidden("This listing belongs to another host.");
            case ListingOutcome.Stale:
                return Problems.Of(ProblemTypes.ChangedMeanwhile);
            case ListingOutcome.Incomplete(var missing):
                var problem = Problems.Details(ProblemTypes.ListingIncomplete);
                problem.Extensions["errors"] = missing;
                return TypedResults.Problem(problem);
            case ListingOutcome.Suspended(var reason):
                return Problems.Of(ProblemTypes.ListingSuspended, $"This place is suspended and cannot be published. The reason given: {reason}");
            case ListingOutcome.TooManyPhotos(var most):
                return Problems.Of(ProblemTypes.TooManyPhotos, $"A listing has at most {most} photos. Remove one to add another.");
            case ListingOutcome.KeyUsedForAnotherRequest:
                return IdempotencyKeys.UsedForAnotherRequest();
            case ListingOutcome.InFlight:
                return IdempotencyKeys.InFlight(context);
            default:
                throw new InvalidOperationException($"{refusal.GetType().Name} is no refusal.");
        }
    }

    public static ProblemHttpResult VersionMissing() => Problems.Of(ProblemTypes.PreconditionRequired);

    public static ProblemHttpResult TooLarge(int mostBytes) =>
        Problems.Of(ProblemTypes.TooLarge, $"A photo has at most {mostBytes / (1024m * 1024m):0.#} MB.");
}
