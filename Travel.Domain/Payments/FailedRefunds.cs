using Travel.Contracts;

namespace Travel.Domain.Payments;

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
