namespace Travel.Contracts.Accounts;

/// <summary>Somebody with an account, as an operator sees them.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Email">But for the most of the name: <c>s***@travel.test</c>.</param>
/// <param name="EmailVerified">Whether the address is proven to be theirs; without that they cannot sign in.</param>
public sealed record UserSummary(Guid Id, string Name, string Email, bool EmailVerified, AccountRole Role, DateTimeOffset CreatedAt);
