using Travel.Contracts.Payments;

namespace Travel.Domain.Payments;

/// <summary>Payments and refunds as operators see them.</summary>
public static class PaymentDetails
{
    public static RefundDetail ToDetail(this Refund refund) => new(
        refund.Id, refund.PaymentId, refund.Reference, NameOf(refund.State), RefundCauses.NameOf(refund.Cause), refund.Amount, refund.IsInDoubt, refund.LastError, refund.CreatedAt,
        refund.SettledAt, refund.DueAt);

    public static PaymentAttempt ToAttempt(this Payment payment, IReadOnlyCollection<HeldMoney> held) => new(
        payment.Id, payment.TxRef, NameOf(payment.State), payment.Amount,
        payment.State == PaymentState.Mismatched ? payment.Received : null,
        payment.GatewayReference, payment.Method, payment.ChangeId is not null, payment.Checks, PaymentMoney.Of(payment, held).Refundable,
        payment.CreatedAt, payment.SettledAt, payment.NextCheckAt);

    /// <summary>A state or an account as docs/payments.md names it.</summary>
    public static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
