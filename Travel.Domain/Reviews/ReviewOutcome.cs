using Travel.Contracts.Reviews;

namespace Travel.Domain.Reviews;

/// <summary>What became of writing, changing or answering a review.</summary>
public abstract record ReviewOutcome
{
    private ReviewOutcome()
    {
    }

    public sealed record Done(BookingReviewResponse Review) : ReviewOutcome;

    public sealed record Invalid(IDictionary<string, string[]> Errors) : ReviewOutcome;

    /// <summary>None that this person may know of.</summary>
    public sealed record NoSuchBooking : ReviewOutcome;

    /// <summary>The guest reviews, the host replies, and nobody for them.</summary>
    public sealed record NotYours : ReviewOutcome;

    public sealed record StayIsNotOver : ReviewOutcome;

    public sealed record AlreadyReviewed : ReviewOutcome;

    public sealed record NoReview : ReviewOutcome;

    public sealed record TooLate : ReviewOutcome;

    public sealed record AlreadyReplied : ReviewOutcome;

    public sealed record NoReply : ReviewOutcome;
}
