namespace Travel.Contracts.Accounts;

/// <summary>The account of who asks.</summary>
public sealed record MeResponse(Guid Id, string Email, string DisplayName, string? Phone, AccountRole Role, DateTimeOffset CreatedAt);

/// <param name="Phone">For hosts and guests to reach each other; null for none. Digits, with spaces, brackets, dashes and a leading + allowed.</param>
public sealed record UpdateMeRequest(string DisplayName, string? Phone = null);

public sealed record ChangePasswordRequest(string CurrentPassword, string NewPassword);

/// <param name="Password">The account's: what is erased does not come back.</param>
public sealed record EraseMeRequest(string Password);

/// <param name="UserAgent">Browser and system in a few words; null when nothing is known.</param>
/// <param name="LastUsedAt">To within the life of an access token.</param>
/// <param name="Current">The session that asks.</param>
public sealed record SessionSummary(Guid Id, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool Current);
