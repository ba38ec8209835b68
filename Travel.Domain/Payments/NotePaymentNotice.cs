using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts.Payments;
using Travel.Domain.Outbox;

namespace Travel.Domain.Payments;

/// <summary>Keeps a notice of the gateway and promises to look into it. The same notice again is kept and looked into once.</summary>
public sealed class NotePaymentNotice(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    /// <returns>Whether it was new, and about a payment of ours.</returns>
    public async Task<bool> ExecuteAsync(GatewayNotice notice, CancellationToken cancellationToken)
    {
        try
        {
            var isKept = await db.InTransactionAsync(token => KeepAsync(notice, token), cancellationToken);
            outbox.Wake();
            return isKept;
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same one, at the same moment.
            return false;
        }
    }

    private async Task<bool> KeepAsync(GatewayNotice notice, CancellationToken cancellationToken)
    {
        if (!await db.Payments.AnyAsync(payment => payment.TxRef == notice.TxRef, cancellationToken)
            || await db.GatewayNotices.AnyAsync(
                known => known.Reference == notice.Reference && known.Event == notice.Event && known.Status == notice.Status, cancellationToken))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        db.GatewayNotices.Add(notice);
        db.Outbox.Add(OutboxMessage.Of(new PaymentNoticed(notice.TxRef, notice.Status == "success", now), now));
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
