using Microsoft.Extensions.Options;

namespace Travel.Domain.Reviews;

/// <summary>The review of a stay, for those whom the stay concerns, and what they may still do about it.</summary>
public sealed class ReadReview(TravelDbContext db, IOptions<ReviewOptions> options, TimeProvider clock)
{
    public async Task<ReviewOutcome> ExecuteAsync(Reader reader, Guid bookingId, CancellationToken cancellationToken)
    {
        var stay = await StayToReview.FindAsync(db, bookingId, cancellationToken);
        return stay?.IsSeenBy(reader) == true
            ? new ReviewOutcome.Done(stay.ToResponse(reader, options.Value.EditableFor, clock.GetUtcNow()))
            : new ReviewOutcome.NoSuchBooking();
    }
}
