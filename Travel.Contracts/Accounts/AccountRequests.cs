namespace Travel.Contracts.Accounts;

/// <summary>What a person may do. A host may also book; an operator sees everything, and nobody registers as one.</summary>
public enum AccountRole { Guest, Host, Operator }

/// <param name="Password">10 to 128 characters; not the address, not the name, not one of those that everybody uses.</param>
/// <param name="DisplayName">What others see; at most 100 characters.</param>
/// <param name="Role">Guest or host; guest when nothing is said.</param>
public sealed record RegisterRequest(string Email, string Password, string DisplayName, AccountRole Role = AccountRole.Guest);

/// <param name="Password">
/// The account's, when who follows the link is to show that it was they who registered: the last to register an address may have been somebody
/// else, with a password that only they know. Null: not asked.
/// </param>
public sealed record VerifyAddressRequest(string Token, string? Password = null);

/// <summary>Asks for a mail with a link, to verify the address or to choose a new password.</summary>
public sealed record AccountMailRequest(string Email);

public sealed record ResetPasswordRequest(string Token, string Password);
