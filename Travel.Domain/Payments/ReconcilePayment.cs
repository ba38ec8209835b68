using Microsoft.EntityFrameworkCore;
using Travel.Domain.Operations;

namespace Travel.Domain.Payments;

/// <summary>An operator has the gateway asked about one payment now. What it says is done as whenever it is asked; when it says nothing, nothing is.</summary>
public sealed class ReconcilePayment(TravelDbContext db, SettlePayment settle, TimeProvider clock)
{
    /// <returns>Whether there is such a payment.</returns>
    public async Task<bool> ExecuteAsync(Guid operatorId, Guid paymentId, CancellationToken cancellationToken)
    {
        if (await db.Payments.Where(payment => payment.Id == paymentId).Select(payment => payment.TxRef).SingleOrDefaultAsync(cancellationToken) is not { } txRef)
        {
            return false;
        }

        // Before the question, which is no part of any transaction: whoever asked is known, whatever comes of it.
        db.Audit.Add(AuditEntry.Of(operatorId, "payment-reconciled", txRef, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await settle.ExecuteAsync(txRef, PaymentWord.None, cancellationToken);
        return true;
    }
}
