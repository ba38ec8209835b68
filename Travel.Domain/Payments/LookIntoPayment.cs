using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Payments;

/// <summary>
/// Has the gateway asked for somebody whom nobody vouches for: the guest who came back, the unsigned callback. Of all who come for one payment
/// one in five seconds is let through, whichever replica they come to; the others are told how it stands.
/// </summary>
public sealed class LookIntoPayment(TravelDbContext db, SettlePayment settle, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <returns>How it stands now; null when there is no such payment.</returns>
    public async Task<PaymentState?> ExecuteAsync(string txRef, CancellationToken cancellationToken)
    {
        if (!Payment.IsReference(txRef))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var isLetThrough = await db.Payments
            .Where(payment => payment.TxRef == txRef && payment.NextCheckAt != null && (payment.AskedAt == null || payment.AskedAt <= now - Pause))
            .ExecuteUpdateAsync(payment => payment.SetProperty(row => row.AskedAt, now), cancellationToken) > 0;
        return isLetThrough
            ? await settle.ExecuteAsync(txRef, PaymentWord.Returned, cancellationToken)
            : await db.Payments.Where(payment => payment.TxRef == txRef).Select(payment => (PaymentState?)payment.State).SingleOrDefaultAsync(cancellationToken);
    }
}
