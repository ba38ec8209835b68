using Microsoft.EntityFrameworkCore;
using Travel.Domain.Availability;
using Travel.Domain.Operations;

namespace Travel.Domain.Payments;

/// <summary>
/// An operator has the gateway asked about one payment now, and about its refunds that are under way with the next run of the job. What it says
/// is done as whenever it is asked; when it says nothing, nothing is.
/// </summary>
public sealed class ReconcilePayment(TravelDbContext db, ListingTurn turn, SettlePayment settle)
{
    /// <returns>Whether there is such a payment.</returns>
    public async Task<bool> ExecuteAsync(Guid operatorId, Guid paymentId, CancellationToken cancellationToken)
    {
        if (await db.Payments.AsNoTracking().SingleOrDefaultAsync(found => found.Id == paymentId, cancellationToken) is not { } payment)
        {
            return false;
        }

        // Before the question, which is no part of any transaction: whoever asked is known, whatever comes of it.
        await turn.TakeAsync(payment.ListingId, (now, token) => WakeAsync(operatorId, payment, now, token), cancellationToken);
        await settle.ExecuteAsync(payment.TxRef, PaymentWord.Operator, cancellationToken);
        return true;
    }

    private async Task<int> WakeAsync(Guid operatorId, Payment payment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var refunds = await db.Refunds.Where(refund => refund.PaymentId == payment.Id && refund.State == RefundState.Processing).ToListAsync(cancellationToken);
        refunds.ForEach(refund => refund.Wake(now));
        db.Audit.Add(AuditEntry.Of(operatorId, "payment-reconciled", payment.TxRef, now));
        return await db.SaveChangesAsync(cancellationToken);
    }
}
