namespace Travel.Contracts.Payments;

// Version is the booking's; a message with a lower one than already seen is old news.

/// <summary>An attempt to pay came to nothing; until the hold ends another can be made.</summary>
public sealed record PaymentFailed(Guid PaymentId, Guid BookingId, int Version, DateTimeOffset FailedAt) : IMessage
{
    public static string RoutingKey => "payment.failed";
}

/// <summary>Somebody says that an attempt was paid, and the gateway cannot be asked or does not say so. Told once, however often it comes and goes.</summary>
public sealed record PaymentUnknown(Guid PaymentId, Guid BookingId, int Version, DateTimeOffset DoubtedAt) : IMessage
{
    public static string RoutingKey => "payment.unknown";
}

/// <summary>Money that came goes back: by itself, or because an operator sends it.</summary>
/// <param name="Cause"><c>late</c>, <c>paid-twice</c>, <c>cancelled</c> or <c>operator</c>.</param>
public sealed record PaymentReturned(Guid PaymentId, Guid BookingId, int Version, string Cause, DateTimeOffset DecidedAt) : IMessage
{
    public static string RoutingKey => "payment.returned";
}

/// <summary>The gateway has given the money back.</summary>
public sealed record PaymentRefunded(Guid RefundId, Guid BookingId, int Version, Money Amount, DateTimeOffset RefundedAt) : IMessage
{
    public static string RoutingKey => "payment.refunded";
}

/// <summary>The gateway said something of its own accord about this payment; what is true it has to be asked.</summary>
/// <param name="SaysPaid">It said that it was paid.</param>
/// <param name="Refund">Our reference of the refund that it is about; null when it is about the payment.</param>
/// <param name="RefundStatus">What it said of that refund: <c>refunded</c> or <c>reversed</c>.</param>
public sealed record PaymentNoticed(string TxRef, bool SaysPaid, DateTimeOffset ReceivedAt, string? Refund = null, string? RefundStatus = null) : IMessage
{
    public static string RoutingKey => "payment.noticed";
}
