namespace Travel.Contracts.Reviews;

/// <summary>A review as everybody may read it.</summary>
/// <param name="Rating">1 to 5, 5 is best.</param>
/// <param name="Guest">Name the guest shows to others.</param>
/// <param name="Reply">The host's answer; null when there is none.</param>
/// <param name="EditedAt">When the guest changed it last; null when it is as it was written.</param>
public sealed record ReviewResponse(
    Guid Id, int Rating, string Text, string Guest, DateTimeOffset CreatedAt, string? Reply, DateTimeOffset? RepliedAt, DateTimeOffset? EditedAt = null);

/// <summary>A stay's review as guest and host of that stay see it, and what the one who asks may do about it now.</summary>
/// <param name="Review">Null while there is none.</param>
/// <param name="EditableUntil">Until when the guest may change it.</param>
public sealed record BookingReviewResponse(ReviewResponse? Review, DateTimeOffset? EditableUntil, bool MayWrite, bool MayEdit, bool MayReply, bool MayEditReply);

/// <param name="Rating">1 to 5, 5 is best.</param>
/// <param name="Text">At most 4,000 characters.</param>
public sealed record WriteReviewRequest(int Rating, string Text);

/// <param name="Text">At most 4,000 characters.</param>
public sealed record ReplyToReviewRequest(string Text);
