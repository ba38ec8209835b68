namespace Travel.Contracts.Reviews;

/// <summary>A review as everybody may read it.</summary>
/// <param name="Rating">1 to 5, 5 is best.</param>
/// <param name="Guest">Name the guest shows to others.</param>
/// <param name="Reply">The host's answer; null when there is none.</param>
public sealed record ReviewResponse(Guid Id, int Rating, string Text, string Guest, DateTimeOffset CreatedAt, string? Reply, DateTimeOffset? RepliedAt);
