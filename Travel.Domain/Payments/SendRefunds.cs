using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Travel.Domain.Availability;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>
/// Sends the refunds that are due, and asks about those under way. Each is claimed and committed before the gateway hears of it; a process that
/// dies in between leaves a claim that lapses, and the gateway recognises the reference when it is sent again. A refusal is believed where it
/// answers the first time of asking; later it may mean that the refund is made.
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
            var wasSent = refund.State == RefundState.Processing;
            // A process that is asked to stop does not give up what it has sent: an answer that nobody notes is one in doubt.
            var answer = wasSent
                ? await gateway.VerifyRefundAsync(refund.GatewayId ?? refund.Reference, CancellationToken.None)
                : await gateway.RefundAsync(
                    payment.GatewayReference ?? payment.TxRef, refund.Amount, refund.Reference, RefundCauses.NameOf(refund.Cause), CancellationToken.None);
            await turn.TakeAsync(payment.ListingId, (now, token) => NoteAsync(refund.Id, answer, now, token), CancellationToken.None);
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
        switch (refund.State, answer)
        {
            case (not (RefundState.Due or RefundState.Processing), _):
                return 0;
            case (_, RefundAnswer.Known(var known)):
                await db.ProceedAsync(refund, known.Status, known.RefundId, now, cancellationToken);
                break;
            case (RefundState.Due, RefundAnswer.Refused(var sentence)) when refund.Attempts == 1:
                refund.Refuse(sentence, now);
                db.LedgerEntries.Move(refund.Payment!, refund, refund.Amount, LedgerAccount.Refund, LedgerAccount.Open, "refused", now);
                break;
            case (RefundState.Due, RefundAnswer.Refused(var sentence)):
                refund.Doubt(sentence, now);
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
