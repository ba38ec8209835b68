namespace Travel.Contracts.Payments;

public enum PaymentStatus { None, Pending, Unknown, Paid, Failed, Refunding, Refunded, PartiallyRefunded }

/// <param name="CheckoutUrl">The payment provider's page, on which the guest pays.</param>
/// <param name="TxRef">By which the payment is known there and here.</param>
public sealed record CheckoutResponse(Uri CheckoutUrl, string TxRef);

/// <summary>How paying for a booking stands.</summary>
/// <param name="Paid">What has been received for it, whatever has gone back since.</param>
/// <param name="Refunded">What has gone back.</param>
public sealed record BookingPayment(PaymentStatus Status, Money Paid, Money Refunded, IReadOnlyList<Receipt> Receipts, IReadOnlyList<RefundResponse> Refunds);

/// <param name="Method">How it was paid, as the provider names it.</param>
public sealed record Receipt(string TxRef, Money Amount, string? Method, DateTimeOffset PaidAt);

/// <param name="IsDone">The provider has given it back.</param>
public sealed record RefundResponse(Money Amount, bool IsDone, DateTimeOffset DecidedAt, DateTimeOffset? DoneAt);
