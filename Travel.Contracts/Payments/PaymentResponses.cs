namespace Travel.Contracts.Payments;

public enum PaymentStatus { None, Pending, Unknown, Paid, Failed, Refunding, Refunded, PartiallyRefunded }

/// <param name="CheckoutUrl">The payment provider's page, on which the guest pays.</param>
/// <param name="TxRef">By which the payment is known there and here.</param>
public sealed record CheckoutResponse(Uri CheckoutUrl, string TxRef);

/// <summary>How paying for a booking stands.</summary>
/// <param name="Due">What its guest may pay now; null when there is nothing to pay, or when a payment is being checked.</param>
/// <param name="DueUntil">Until when the nights are kept for what is due.</param>
/// <param name="IsDueForChange">What is due is what a dearer stay costs more, and not the stay itself.</param>
/// <param name="Paid">What has been received for it, whatever has gone back since.</param>
/// <param name="Refunded">What has gone back.</param>
public sealed record BookingPayment(
    PaymentStatus Status,
    Money? Due,
    DateTimeOffset? DueUntil,
    bool IsDueForChange,
    Money Paid,
    Money Refunded,
    IReadOnlyList<Receipt> Receipts,
    IReadOnlyList<RefundResponse> Refunds);

/// <param name="Method">How it was paid, as the provider names it.</param>
public sealed record Receipt(string TxRef, Money Amount, string? Method, DateTimeOffset PaidAt);

/// <param name="IsDone">The provider has given it back.</param>
/// <param name="Cause">A stable name: <c>late</c>, <c>paid-twice</c>, <c>cancelled</c>, <c>changed</c>, <c>operator</c>.</param>
public sealed record RefundResponse(Money Amount, bool IsDone, string Cause, DateTimeOffset DecidedAt, DateTimeOffset? DoneAt);
