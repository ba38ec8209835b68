namespace Travel.Contracts.Accounts;

/// <summary>A guest who has not booked for a year, and whom the next run of <c>invite-guests-back</c> writes to.</summary>
/// <param name="Name">What the guest is called.</param>
/// <param name="Email">Where the mail goes, masked: <c>s***@example.org</c>.</param>
/// <param name="Since">The guest's last day here: of a stay, of a booking, or of opening the account.</param>
public sealed record InactiveAccount(Guid Id, string Name, string Email, DateTimeOffset CreatedAt, DateOnly Since);
