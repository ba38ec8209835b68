using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Travel.Contracts.Payments;
using Travel.Domain.Availability;
using Travel.Domain.Outbox;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>
/// Sends the refunds that are due, and asks about those under way. Each is claimed and committed before the gateway hears of it; a process that
/// dies in between leaves a claim that lapses, and the gateway recognises the reference when it is sent again.
/// </summary>
public sealed partial class SendRefunds(TravelDbContext db, ListingTurn turn, ChapaClient gateway, TimeProvider clock, ILogger<SendRefunds> logger)
{
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    /// <returns>How many were sent or asked about.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        for (var looked = 0; ; looked++)
        {
            if (await db.InTransactionAsync(ClaimNextAsync, cancellationToken) is not { } refund)
            {
                return looked;
            }

            var payment = refund.Payment!;
            var answer = refund.GatewayId is { } known
                ? await gateway.VerifyRefundAsync(known, cancellationToken)
                : await gateway.RefundAsync(payment.GatewayReference ?? payment.TxRef, refund.Amount, refund.Reference, $"{refund.Cause}", cancellationToken);
            await turn.TakeAsync(payment.ListingId, (now, token) => NoteAsync(refund.Id, answer, now, token), cancellationToken);
        }
    }

    private async Task<Refund?> ClaimNextAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.Refunds.FromSql($"SELECT * FROM refunds WHERE due_at <= {now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED")
            .Include(refund => refund.Payment).SingleOrDefaultAsync(cancellationToken);
        due?.Claim(now + Claim);
        await db.SaveChangesAsync(cancellationToken);
        return due;
    }

    private async Task<int> NoteAsync(Guid refundId, RefundAnswer answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var refund = await db.Refunds.Include(found => found.Payment).SingleAsync(found => found.Id == refundId, cancellationToken);
        if (refund.State is not (RefundState.Due or RefundState.Processing))
        {
            return 0;
        }

        var payment = refund.Payment!;
        switch (answer)
        {
            case RefundAnswer.Known({ Status: GatewayRefundStatus.Refunded } done):
                refund.Finish(done.RefundId, now);
                db.LedgerEntries.Move(payment, refund, refund.Amount, LedgerAccount.Refund, LedgerAccount.Gateway, "refunded", now);
                var booking = await db.Bookings.SingleAsync(found => found.Id == refund.BookingId, cancellationToken);
                booking.Refunded(refund.Amount.ToString(), now);
                db.Outbox.Add(OutboxMessage.Of(new PaymentRefunded(refund.Id, refund.BookingId, booking.Version, refund.Amount, now), now));
                break;
            case RefundAnswer.Known({ Status: GatewayRefundStatus.Reversed } back):
                refund.Reverse(back.RefundId, now);
                db.LedgerEntries.Move(payment, refund, refund.Amount, LedgerAccount.Refund, LedgerAccount.Open, "reversed", now);
                break;
            case RefundAnswer.Known(var under):
                refund.Proceed(under.RefundId, now);
                break;
            case RefundAnswer.Refused(var sentence):
                refund.Refuse(sentence, now);
                db.LedgerEntries.Move(payment, refund, refund.Amount, LedgerAccount.Refund, LedgerAccount.Open, "refused", now);
                break;
            default:
                refund.Retry(now);
                break;
        }

        await db.SaveChangesAsync(cancellationToken);
        Log.Noted(logger, refund.Id, refund.State);
        return 1;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Refund {RefundId} is {State}")]
        public static partial void Noted(ILogger logger, Guid refundId, RefundState state);
    }
}
