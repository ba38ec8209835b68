using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts.Payments;
using Travel.Domain.Bookings;
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
        var bookings = await db.Payments.Where(payment => payment.TxRef == notice.TxRef).Select(payment => payment.BookingId).ToListAsync(cancellationToken);
        if (bookings is not [var booking]
            || await db.GatewayNotices.AnyAsync(
                known => known.Reference == notice.Reference && known.Event == notice.Event && known.Status == notice.Status
                    && known.RefundReference == notice.RefundReference,
                cancellationToken))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        db.GatewayNotices.Add(notice);
        db.Timeline.Add(TimelineEntry.Of(booking, "payment-noticed", actorId: null, notice.Event, now));
        db.Outbox.Add(OutboxMessage.Of(
            new PaymentNoticed(notice.TxRef, notice.Status == "success", now, notice.RefundReference, notice.RefundReference is null ? null : notice.Status), now));
        await db.SaveChangesAsync(cancellationToken);
        await db.ForgetErasedPayerAsync(notice.TxRef, cancellationToken);
        return true;
    }
}
