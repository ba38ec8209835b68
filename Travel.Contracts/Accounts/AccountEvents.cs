namespace Travel.Contracts.Accounts;

/// <summary>Somebody wants the address of an account proven: by registering, or by asking for the mail again. Carries no secret; the mail's sender makes it.</summary>
/// <param name="UserId">Null when nobody has that address: the request that says so does the same work as any other.</param>
public sealed record AddressVerificationRequested(Guid? UserId) : IMessage
{
    public static string RoutingKey => "account.verification-requested";
}

/// <summary>Somebody registered with an address that has an account. Its owner is told, and nobody else.</summary>
public sealed record AccountRegisteredAgain(Guid UserId) : IMessage
{
    public static string RoutingKey => "account.registered-again";
}

/// <summary>Somebody says they have forgotten a password. Carries no secret; the mail's sender makes it.</summary>
/// <param name="UserId">Null when nobody has that address.</param>
public sealed record PasswordResetRequested(Guid? UserId) : IMessage
{
    public static string RoutingKey => "account.password-reset-requested";
}

/// <summary>An account has another password, whether changed or reset.</summary>
public sealed record PasswordChanged(Guid UserId, DateTimeOffset ChangedAt) : IMessage
{
    public static string RoutingKey => "account.password-changed";
}

/// <summary>A guest has not booked for a year.</summary>
/// <param name="Since">Their last day here: of a stay, of a booking, or of opening the account.</param>
public sealed record GuestMissed(Guid GuestId, DateOnly Since) : IMessage
{
    public static string RoutingKey => "account.guest-missed";
}
