using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Reviews;

public static class ListingRatings
{
    /// <summary>
    /// Makes whoever changes reviews of this booking's listing wait for their turn, until the transaction ends: counted without it, two
    /// reviews written at once would each leave out the other. Bookings go on, which only refer to the listing.
    /// </summary>
    public static Task<int> LockRatingAsync(this TravelDbContext db, Guid bookingId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM listings WHERE id = (SELECT listing_id FROM bookings WHERE id = {bookingId}) FOR NO KEY UPDATE", cancellationToken);

    /// <summary>The listings whose reviews show this guest's name.</summary>
    public static Task<List<Guid>> ReviewedByAsync(this TravelDbContext db, Guid guestId, CancellationToken cancellationToken) =>
        db.Reviews.Where(review => review.GuestId == guestId).Select(review => review.ListingId).Distinct().ToListAsync(cancellationToken);

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
