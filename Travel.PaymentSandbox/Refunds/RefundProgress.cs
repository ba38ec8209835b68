using Microsoft.Extensions.Options;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;
using Travel.PaymentSandbox.Webhooks;

namespace Travel.PaymentSandbox.Refunds;

/// <summary>Moves refunds on, and tells the merchant of those that have ended.</summary>
internal sealed class RefundProgress(TransactionBook book, FaultBook faults, DeliveryQueue queue, IOptions<SandboxOptions> options, TimeProvider clock)
{
    public void GoOn()
    {
        var now = clock.GetUtcNow();
        foreach (var transaction in book.All.Where(transaction => transaction.Refunds.Exists(refund => refund.IsUnderWay)))
        {
            var played = faults.For(transaction.TxRef);
            book.Change(transaction.TxRef, known => known.Refunds.Aggregate(known, (moved, refund) => Moved(moved, refund, played, now)));
        }
    }

    private Transaction Moved(Transaction transaction, Refund refund, FaultSet played, DateTimeOffset now)
    {
        var moved = refund.At(now, options.Value.RefundTakes, played.RefundStuck, played.RefundEnds == RefundEnd.Reversed);
        if (ReferenceEquals(moved, refund))
        {
            return transaction;
        }

        var changed = transaction.With(moved);
        return moved.IsUnderWay ? changed : queue.WithNewsOfRefund(changed, moved, played, now);
    }
}
