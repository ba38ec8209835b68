using Microsoft.EntityFrameworkCore;
using Travel.Api.Caching;
using Travel.Contracts.Listings;
using Travel.Contracts.Reviews;
using Travel.Domain.Caching;

namespace Travel.Api.Reviews;

/// <summary>What guests say of a published place, newest first, computed once for all.</summary>
internal sealed class CachedReviews(SharedReads reads)
{
    public static IReadOnlyList<string> TagsOf(Guid listingId) => [CacheTags.ReviewsOf(listingId), CacheTags.Listing(listingId)];

    /// <param name="after">The last review of the page before; empty on the first page.</param>
    /// <returns>Null when there is no such place.</returns>
    public ValueTask<List<ReviewResponse>?> FindAsync(Guid listingId, int count, Guid after, CancellationToken cancellationToken) => reads.FindAsync(
        CacheKeys.Reviews(listingId, count, after),
        TagsOf(listingId),
        async (db, token) => await db.Listings.AnyAsync(listing => listing.Id == listingId && listing.Status == ListingStatus.Published, token)
            ? await db.Reviews
                .Where(review => review.ListingId == listingId && (after == Guid.Empty || review.Id < after))
                .OrderByDescending(review => review.Id)
                .Take(count)
                .Select(review => new ReviewResponse(
                    review.Id, review.Rating, review.Text, review.Guest!.DisplayName, review.CreatedAt, review.Reply, review.RepliedAt, review.EditedAt))
                .ToListAsync(token)
            : null,
        cancellationToken);
}
