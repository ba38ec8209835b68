using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Api.Idempotency;

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
                return Result(StatusCodes.Status403Forbidden, "forbidden", "Not yours", "This listing belongs to another host.");
            case ListingOutcome.Stale:
                return Result(
                    StatusCodes.Status412PreconditionFailed, "changed-meanwhile", "Changed in the meantime",
                    "This listing has changed since you opened it. Nothing of yours is saved yet.");
            case ListingOutcome.Incomplete(var missing):
                var problem = Problems.Details(
                    StatusCodes.Status409Conflict, "listing-incomplete", "Something is missing", "This listing cannot be published yet: something is missing.");
                problem.Extensions["errors"] = missing;
                return TypedResults.Problem(problem);
            case ListingOutcome.TooManyPhotos(var most):
                return Problems.Conflict("too-many-photos", "Enough photos", $"A listing has at most {most} photos. Remove one to add another.");
            case ListingOutcome.KeyUsedForAnotherRequest:
                return IdempotencyKeys.UsedForAnotherRequest();
            case ListingOutcome.InFlight:
                return IdempotencyKeys.InFlight(context);
            default:
                throw new InvalidOperationException($"{refusal.GetType().Name} is no refusal.");
        }
    }

    public static ProblemHttpResult VersionMissing() => Result(
        StatusCodes.Status428PreconditionRequired, "precondition-required", "Which version?",
        "Send the ETag of the version that you have seen in If-Match, so that nobody else's change is lost.");

    public static ProblemHttpResult TooLarge(int mostBytes) => Result(
        StatusCodes.Status413PayloadTooLarge, "too-large", "Too large", $"A photo has at most {mostBytes / (1024m * 1024m):0.#} MB.");

    private static ProblemHttpResult Result(int status, string type, string title, string detail) =>
        TypedResults.Problem(Problems.Details(status, type, title, detail));
}
