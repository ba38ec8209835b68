using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Travel.Domain.Caching;

namespace Travel.Domain.Reviews;

/// <summary>A guest says of a stay that is over how it was, once; or says it better, for some days.</summary>
public sealed class WriteReview(TravelDbContext db, IOptions<ReviewOptions> options, TimeProvider clock)
{
    public Task<ReviewOutcome> ExecuteAsync(Reader guest, Guid bookingId, int rating, string text, CancellationToken cancellationToken) =>
        ChangeAsync(guest, bookingId, rating, text, Write, cancellationToken);

    public Task<ReviewOutcome> EditAsync(Reader guest, Guid bookingId, int rating, string text, CancellationToken cancellationToken) =>
        ChangeAsync(guest, bookingId, rating, text, Edit, cancellationToken);

    private async Task<ReviewOutcome> ChangeAsync(
        Reader guest, Guid bookingId, int rating, string text, Func<StayToReview, int, string, ReviewOutcome?> change, CancellationToken cancellationToken)
    {
        if (ReviewWords.ErrorsOf(rating, text) is { Count: > 0 } errors)
        {
            return new ReviewOutcome.Invalid(errors);
        }

        try
        {
            return await db.InTransactionAsync<ReviewOutcome>(
                async token =>
                {
                    await db.LockRatingAsync(bookingId, token);
                    var stay = await StayToReview.FindAsync(db, bookingId, token);
                    if (stay is null || !stay.IsSeenBy(guest))
                    {
                        return new ReviewOutcome.NoSuchBooking();
                    }

                    if (guest.Id != stay.GuestId)
                    {
                        return new ReviewOutcome.NotYours();
                    }

                    if (change(stay, rating, text.Trim()) is { } refusal)
                    {
                        return refusal;
                    }

                    db.Touches(
                        clock.GetUtcNow(), CacheTags.ReviewsOf(stay.ListingId), CacheTags.Listing(stay.ListingId), CacheTags.Listings);
                    await db.SaveChangesAsync(token);
                    await db.RateListingsAsync([stay.ListingId], token);
                    var written = await StayToReview.FindAsync(db, bookingId, token);
                    return new ReviewOutcome.Done(written!.ToResponse(guest, options.Value.EditableFor, clock.GetUtcNow()));
                },
                cancellationToken);
        }
        catch (DbUpdateException exception) when (
            exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: Review.OnePerBooking })
        {
            // The net under the lock: somebody wrote without taking it.
            return new ReviewOutcome.AlreadyReviewed();
        }
    }

    private ReviewOutcome? Write(StayToReview stay, int rating, string text)
    {
        if (!stay.IsOver)
        {
            return new ReviewOutcome.StayIsNotOver();
        }

        if (stay.Review is { } known)
        {
            // The same words again: the answer to the first time was lost, not the review.
            return (known.Rating, known.Text) == (rating, text) ? null : new ReviewOutcome.AlreadyReviewed();
        }

        var now = clock.GetUtcNow();
        db.Reviews.Add(new Review
        {
            Id = Guid.CreateVersion7(now),
            BookingId = stay.BookingId,
            ListingId = stay.ListingId,
            GuestId = stay.GuestId,
            Rating = rating,
            Text = text,
            CreatedAt = now,
        });
        return null;
    }

    private ReviewOutcome? Edit(StayToReview stay, int rating, string text)
    {
        var now = clock.GetUtcNow();
        if (stay.Review is not { } review)
        {
            return new ReviewOutcome.NoReview();
        }

        if (now > review.CreatedAt + options.Value.EditableFor)
        {
            return new ReviewOutcome.TooLate();
        }

        (review.Rating, review.Text, review.EditedAt) = (rating, text, now);
        return null;
    }
}
