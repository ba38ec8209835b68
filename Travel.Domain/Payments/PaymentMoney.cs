using Travel.Contracts;

namespace Travel.Domain.Payments;

/// <summary>What is still with us of a payment, in the currency that came.</summary>
/// <param name="Open">What nobody can place.</param>
/// <param name="Retained">What a cancellation kept.</param>
/// <param name="Stay">What is part of a stay.</param>
public sealed record PaymentMoney(Money Open, Money Retained, Money Stay)
{
    /// <summary>What an operator can send back.</summary>
    public Money Refundable => Open + Retained;

    public static PaymentMoney Of(Payment payment, IReadOnlyCollection<HeldMoney> held)
    {
        var currency = payment.ReceivedCurrency ?? payment.Currency;
        return new PaymentMoney(In(LedgerAccount.Open), In(LedgerAccount.Retained), In(LedgerAccount.Stay));

        Money In(LedgerAccount account) => new(
            held.Where(money => money.PaymentId == payment.Id && money.Account == account && money.Money.Currency == currency).Sum(money => money.Money.MinorUnits), currency);
    }
}
