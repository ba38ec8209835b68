using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;
using Travel.PaymentSandbox.Webhooks;

namespace Travel.PaymentSandbox.Checkout;

/// <summary>Pays or fails to pay, once: whoever comes second finds it done.</summary>
internal sealed class PayTransaction(TransactionBook book, FaultBook faults, DeliveryQueue queue, TimeProvider clock)
{
    /// <returns>Whether this payment was the one; and the transaction as it is now, if there is such a one.</returns>
    public bool Pay(string txRef, Payment payment, out Transaction? transaction)
    {
        var played = faults.For(txRef);
        var now = clock.GetUtcNow();
        var changed = book.Change(txRef, known => known.IsPayable(played)
            ? queue.WithNewsOfPayment(known.Paid(payment, References.OfPayment(), now), played, now)
            : known);
        transaction = changed?.After;
        return changed is var (before, after) && !ReferenceEquals(before, after);
    }
}
