namespace Travel.Domain.Payments;

/// <summary>What a booking's history says of money. A guest and the operators see it; a host, whose guest it is, has no business with it.</summary>
public static class MoneyEvents
{
    /// <summary>The gateway has spoken of its own accord. No change of the booking, like a mail.</summary>
    public const string Noticed = "payment-noticed";

    public const string Failed = "payment-failed";
    public const string Returned = "payment-returned";
    public const string Refunded = "refunded";

    public static IReadOnlyList<string> All { get; } = [Noticed, Failed, Returned, Refunded];
}
