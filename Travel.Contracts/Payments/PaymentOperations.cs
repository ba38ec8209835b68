using Travel.Contracts.Bookings;

namespace Travel.Contracts.Payments;

/// <summary>Why an item waits for an operator.</summary>
public enum UnsettledKind
{
    /// <summary>Nobody knows for more than two minutes whether it was paid.</summary>
    Waiting,

    /// <summary>Somebody says that it was paid, and the gateway does not.</summary>
    Unknown,

    /// <summary>Money came, and not what was asked for.</summary>
    Mismatched,

    /// <summary>A refund that the gateway will not make, or that came back.</summary>
    RefundFailed,

    /// <summary>A refund in doubt, or one that has been under way for more than three days.</summary>
    RefundStuck,
}

/// <param name="PaymentId">The payment, also where the item is a refund of it.</param>
/// <param name="RefundId">The refund that the item is; null when it is the payment.</param>
/// <param name="State">As docs/payments.md names it.</param>
/// <param name="Amount">What was asked for, or is to go back.</param>
/// <param name="Received">What came, where it is not what was asked for.</param>
/// <param name="Open">What nobody can place, and an operator can send back.</param>
/// <param name="LastError">What the gateway said last, where it was no.</param>
/// <param name="NextCheckAt">When the gateway is asked next; null when it is no longer.</param>
public sealed record UnsettledPayment(
    UnsettledKind Kind,
    Guid PaymentId,
    Guid? RefundId,
    string TxRef,
    Guid BookingId,
    string BookingReference,
    string State,
    Money Amount,
    Money? Received,
    Money Open,
    string? LastError,
    DateTimeOffset Since,
    DateTimeOffset? NextCheckAt);

/// <summary>An attempt to pay, as an operator sees it.</summary>
/// <param name="Refundable">What an operator can send back of it: what is open or was kept. What is part of a stay goes back when the stay is cancelled.</param>
public sealed record PaymentAttempt(
    Guid Id,
    string TxRef,
    string State,
    Money Amount,
    Money? Received,
    string? GatewayReference,
    string? Method,
    bool IsForChange,
    int Checks,
    Money Refundable,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SettledAt,
    DateTimeOffset? NextCheckAt);

/// <param name="Account">As docs/payments.md names it: <c>gateway</c>, <c>stay</c>, <c>retained</c>, <c>refund</c>, <c>open</c>.</param>
/// <param name="Debit">Null on the other side.</param>
/// <param name="Credit">Null on the other side.</param>
public sealed record LedgerLine(DateTimeOffset At, string Event, string Account, Money? Debit, Money? Credit, string TxRef, string? RefundReference);

/// <param name="Held">What is in it now.</param>
public sealed record LedgerBalance(string Account, Money Held);

/// <param name="State">As docs/payments.md names it.</param>
/// <param name="Cause">A stable name: <c>late</c>, <c>paid-twice</c>, <c>cancelled</c>, <c>changed</c>, <c>operator</c>.</param>
/// <param name="IsInDoubt">The gateway may have made it and cannot be asked: an operator may say what became of it.</param>
/// <param name="LastError">What the gateway said last, where it was no.</param>
public sealed record RefundDetail(
    Guid Id, Guid PaymentId, string Reference, string State, string Cause, Money Amount, bool IsInDoubt, string? LastError, DateTimeOffset DecidedAt, DateTimeOffset? SettledAt, DateTimeOffset? NextTryAt);

/// <summary>All that is known of a booking's money.</summary>
public sealed record BookingLedger(
    Guid BookingId,
    string Reference,
    BookingStatus Status,
    IReadOnlyList<PaymentAttempt> Payments,
    IReadOnlyList<RefundDetail> Refunds,
    IReadOnlyList<LedgerLine> Lines,
    IReadOnlyList<LedgerBalance> Balances);

/// <param name="Amount">At most what is refundable of the payment.</param>
/// <param name="Reason">For the record; 3 to 500 characters.</param>
public sealed record RefundPaymentRequest(Money Amount, string Reason);

/// <param name="IsRefunded">The provider has made it; false when it has not and will not.</param>
/// <param name="Reason">For the record; 3 to 500 characters.</param>
public sealed record SettleRefundRequest(bool IsRefunded, string Reason);

/// <summary>What the payment provider's books and ours said of some days, side by side.</summary>
/// <param name="Since">From when on payments were compared.</param>
/// <param name="Compared">Payments and refunds that were looked at on both sides.</param>
/// <param name="Differences">One sentence each; none when the books agree.</param>
public sealed record GatewayReportResponse(DateTimeOffset At, DateTimeOffset Since, int Compared, IReadOnlyList<string> Differences);
