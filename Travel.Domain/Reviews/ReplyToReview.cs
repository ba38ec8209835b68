using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Domain.Caching;

namespace Travel.Domain.Reviews;

/// <summary>The host answers a review in public, once, and may find better words later.</summary>
public sealed class ReplyToReview(TravelDbContext db, IOptions<ReviewOptions> options, TimeProvider clock)
{
    public Task<ReviewOutcome> ExecuteAsync(Reader host, Guid bookingId, string text, CancellationToken cancellationToken) =>
        SayAsync(host, bookingId, text, isFirst: true, cancellationToken);

    public Task<ReviewOutcome> EditAsync(Reader host, Guid bookingId, string text, CancellationToken cancellationToken) =>
        SayAsync(host, bookingId, text, isFirst: false, cancellationToken);

    private async Task<ReviewOutcome> SayAsync(Reader host, Guid bookingId, string text, bool isFirst, CancellationToken cancellationToken)
    {
        if (ReviewWords.ErrorsOf(text) is { Count: > 0 } errors)
        {
            return new ReviewOutcome.Invalid(errors);
        }

        return await db.InTransactionAsync<ReviewOutcome>(
            async token =>
            {
                var stay = await StayToReview.FindAsync(db, bookingId, token);
                if (stay is null || !stay.IsSeenBy(host))
                {
                    return new ReviewOutcome.NoSuchBooking();
                }

                if (host.Id != stay.HostId)
                {
                    return new ReviewOutcome.NotYours();
                }

                if (stay.Review is not { } review)
                {
                    return new ReviewOutcome.NoReview();
                }

                // Conditional, so that of two first replies one is the first. The same words again are no second one: its answer was lost.
                var now = clock.GetUtcNow();
                var words = text.Trim();
                var said = await db.Reviews
                    .Where(row => row.Id == review.Id && ((row.Reply == null) == isFirst || row.Reply == words))
                    .ExecuteUpdateAsync(
                        row => row
                            .SetProperty(reviewed => reviewed.Reply, words)
                            .SetProperty(reviewed => reviewed.RepliedAt, reviewed => reviewed.Reply == words ? reviewed.RepliedAt : now),
                        token);
                if (said == 0)
                {
                    return isFirst ? new ReviewOutcome.AlreadyReplied() : new ReviewOutcome.NoReply();
                }

                db.Touches(now, CacheTags.ReviewsOf(stay.ListingId));
                await db.Entry(review).ReloadAsync(token);
                return new ReviewOutcome.Done(stay.ToResponse(host, options.Value.EditableFor, now));
            },
            cancellationToken);
    }
}
