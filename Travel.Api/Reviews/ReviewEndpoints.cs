using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Contracts.Reviews;
using Travel.Domain;

namespace Travel.Api.Reviews;

internal static class ReviewEndpoints
{
    private const string List = "reviews";

    public static void MapReviews(this IEndpointRouteBuilder api)
    {
        api.MapGet("/listings/{id:guid}/reviews", FindAsync).WithTags("Reviews").WithName("FindReviews").WithSummary("What guests say of a stay")
            .AcceptsQuery("limit", "cursor").Refuses(ProblemTypes.NotFound);
        api.MapBookingReviews();
    }

    private static async Task<Results<Ok<Page<ReviewResponse>>, ValidationProblem, ProblemHttpResult>> FindAsync(
        Guid id, int? limit, string? cursor, TravelDbContext db, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        if (!await db.Listings.AnyAsync(listing => listing.Id == id && listing.Status == ListingStatus.Published, cancellationToken))
        {
            return Problems.NotFound("There is no such stay.");
        }

        // Newest first, as with listings.
        var rows = await db.Reviews
            .Where(review => review.ListingId == id && (after == Guid.Empty || review.Id < after))
            .OrderByDescending(review => review.Id)
            .Take(size + 1)
            .Select(review => new ReviewResponse(
                review.Id, review.Rating, review.Text, review.Guest!.DisplayName, review.CreatedAt, review.Reply, review.RepliedAt, review.EditedAt))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Cut(List, rows, size, review => review.Id));
    }
}
