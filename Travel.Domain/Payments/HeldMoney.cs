using Microsoft.EntityFrameworkCore;
using Travel.Contracts;

namespace Travel.Domain.Payments;

/// <summary>What an account holds of one payment.</summary>
public sealed record HeldMoney(Guid PaymentId, LedgerAccount Account, Money Money)
{
    /// <param name="minorUnits">Debits are positive, and the gateway's account alone holds debits.</param>
    public static HeldMoney Of(Guid paymentId, LedgerAccount account, long minorUnits, string currency) =>
        new(paymentId, account, new Money(account == LedgerAccount.Gateway ? minorUnits : -minorUnits, currency));
}

public static class HeldMoneyReads
{
    /// <summary>What all accounts hold of these payments; of the gateway's, what it has received and not given back.</summary>
    public static async Task<IReadOnlyList<HeldMoney>> HeldOfPaymentsAsync(
        this DbSet<LedgerEntry> ledger, IReadOnlyCollection<Guid> payments, CancellationToken cancellationToken)
    {
        if (payments.Count == 0)
        {
            return [];
        }

        var sums = await ledger.Where(entry => payments.Contains(entry.PaymentId))
            .GroupBy(entry => new { entry.PaymentId, entry.Account, entry.Currency })
            .Select(entries => new { entries.Key, MinorUnits = entries.Sum(entry => entry.MinorUnits) })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => HeldMoney.Of(sum.Key.PaymentId, sum.Key.Account, sum.MinorUnits, sum.Key.Currency))];
    }
}
