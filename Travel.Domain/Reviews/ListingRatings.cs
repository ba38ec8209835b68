using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Reviews;

public static class ListingRatings
{
    /// <summary>
    /// Brings rating and review count of these listings in step with their reviews, in the transaction that changed the reviews.
    /// Counted anew instead of added up, so that no mistake outlives the next review.
    /// </summary>
    public static Task<int> RateListingsAsync(this TravelDbContext db, Guid[] listingIds, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE listings
            SET rating = rated.rating, review_count = rated.review_count, version = version + 1
            FROM (
                SELECT listings.id, round(avg(reviews.rating), 2) AS rating, count(reviews.id) AS review_count
                FROM listings LEFT JOIN reviews ON reviews.listing_id = listings.id
                WHERE listings.id = ANY ({listingIds})
                GROUP BY listings.id
            ) rated
            WHERE listings.id = rated.id
            """,
            cancellationToken);
}
