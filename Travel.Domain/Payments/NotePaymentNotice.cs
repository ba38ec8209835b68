using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts.Payments;
using Travel.Domain.Bookings;
using Travel.Domain.Outbox;

namespace Travel.Domain.Payments;

/// <summary>Keeps a notice of the gateway and promises to look into it. The same notice again is kept and looked into once.</summary>
public sealed class NotePaymentNotice(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    public async Task<NoticeOutcome> ExecuteAsync(GatewayNotice notice, CancellationToken cancellationToken)
    {
        try
        {
            var isKept = await db.InTransactionAsync(token => KeepAsync(notice, token), cancellationToken);
            outbox.Wake();
            return isKept ? NoticeOutcome.Kept : NoticeOutcome.NothingNew;
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same one, at the same moment.
            return NoticeOutcome.NothingNew;
        }
        catch (Exception exception) when ((exception as PostgresException ?? exception.InnerException) is PostgresException { SqlState: ['2', '2', ..] })
        {
            // Class 22, data: JSON may write half a character, a nought in the middle of a text, a number without end, and no column takes them.
            return NoticeOutcome.CannotBeKept;
        }
    }

    private async Task<bool> KeepAsync(GatewayNotice notice, CancellationToken cancellationToken)
    {
        if (!Payment.IsReference(notice.TxRef))
        {
            return false;
        }

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
        db.Timeline.Add(TimelineEntry.Of(booking, MoneyEvents.Noticed, actorId: null, notice.Event, now));
        db.Outbox.Add(OutboxMessage.Of(
            new PaymentNoticed(notice.TxRef, notice.Status == "success", now, notice.RefundReference, notice.RefundReference is null ? null : notice.Status), now));
        await db.SaveChangesAsync(cancellationToken);
        await db.ForgetErasedPayerAsync(notice.TxRef, cancellationToken);
        return true;
    }
}

public enum NoticeOutcome
{
    Kept,

    /// <summary>It has been told before, or it is about nothing of ours.</summary>
    NothingNew,

    /// <summary>It is JSON, and more than a database can hold of it.</summary>
    CannotBeKept,
}
