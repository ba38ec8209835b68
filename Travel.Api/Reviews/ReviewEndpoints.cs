using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Caching;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Reviews;
using Travel.Domain.Caching;

namespace Travel.Api.Reviews;

internal static class ReviewEndpoints
{
    private const string List = "reviews";

    public static void MapReviews(this IEndpointRouteBuilder api)
    {
        api.MapGet("/listings/{id:guid}/reviews", FindAsync).WithTags("Reviews").WithName("FindReviews").WithSummary("What guests say of a stay")
            .AcceptsQuery("limit", "cursor").Refuses(ProblemTypes.NotFound)
            .KeepsAnswersOfListing(CacheRegions.ReviewPages, CachedReviews.TagsOf).SendsContentETag();
        api.MapBookingReviews();
    }

    private static async Task<Results<Ok<Page<ReviewResponse>>, ValidationProblem, ProblemHttpResult>> FindAsync(
        Guid id, int? limit, string? cursor, CachedReviews reviews, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        return await reviews.FindAsync(id, size + 1, after, cancellationToken) is { } rows
            ? TypedResults.Ok(cursors.Cut(List, rows, size, review => review.Id))
            : Problems.NotFound("There is no such stay.");
    }
}
