using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Payments;

namespace Travel.Domain.Payments;

/// <summary>What an account holds of one payment.</summary>
public sealed record HeldMoney(Guid PaymentId, LedgerAccount Account, Money Money)
{
    /// <param name="minorUnits">Debits are positive, and the gateway's account alone holds debits.</param>
    public static HeldMoney Of(Guid paymentId, LedgerAccount account, long minorUnits, string currency) =>
        new(paymentId, account, new Money(account == LedgerAccount.Gateway ? minorUnits : -minorUnits, currency));
}

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

/// <summary>Refunds that failed, and what of them nobody has sent again.</summary>
public static class FailedRefunds
{
    /// <summary>Open money of a payment is that of its last refunds that failed, as far as it goes: an operator sends what is open, and not a refund.</summary>
    public static IReadOnlyList<(Refund Refund, Money Left)> Unrepaired(
        IReadOnlyCollection<Payment> payments, IReadOnlyCollection<Refund> refunds, IReadOnlyCollection<HeldMoney> held)
    {
        List<(Refund, Money)> unrepaired = [];
        foreach (var payment in payments)
        {
            var open = PaymentMoney.Of(payment, held).Open;
            foreach (var refund in refunds.Where(refund => refund.PaymentId == payment.Id && refund.HasFailed)
                .OrderByDescending(refund => refund.SettledAt).ThenByDescending(refund => refund.Id).TakeWhile(_ => open.MinorUnits > 0))
            {
                var left = refund.Amount with { MinorUnits = Math.Min(refund.AmountMinorUnits, open.MinorUnits) };
                unrepaired.Add((refund, left));
                open -= left;
            }
        }

        return unrepaired;
    }
}

public static class PaymentDetails
{
    /// <summary>What all accounts hold of these payments; of the gateway's, what it has received and not given back.</summary>
    public static async Task<IReadOnlyList<HeldMoney>> HeldOfPaymentsAsync(
        this DbSet<LedgerEntry> ledger, IReadOnlyCollection<Guid> payments, CancellationToken cancellationToken)
    {
        var sums = await ledger.Where(entry => payments.Contains(entry.PaymentId))
            .GroupBy(entry => new { entry.PaymentId, entry.Account, entry.Currency })
            .Select(entries => new { entries.Key, MinorUnits = entries.Sum(entry => entry.MinorUnits) })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => HeldMoney.Of(sum.Key.PaymentId, sum.Key.Account, sum.MinorUnits, sum.Key.Currency))];
    }

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
