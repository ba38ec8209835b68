using Microsoft.EntityFrameworkCore;
using Travel.Domain.Availability;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>
/// A signed webhook is about a refund. Where the gateway can be asked about it, it is, at once; where its answer to the refund was lost, nobody
/// told us by what to ask, and the webhook, which carries our own reference, is all there will be.
/// </summary>
public sealed class HearOfRefund(TravelDbContext db, ListingTurn turn)
{
    /// <param name="txRef">Of the payment that it is a refund of.</param>
    /// <param name="reference">Ours.</param>
    /// <param name="status">What the webhook says: <c>refunded</c> or <c>reversed</c>.</param>
    public async Task ExecuteAsync(string txRef, string reference, string? status, CancellationToken cancellationToken)
    {
        var known = await db.Refunds.AsNoTracking().Where(refund => refund.Reference == reference && refund.Payment!.TxRef == txRef)
            .Select(refund => new { refund.Id, refund.Payment!.ListingId }).SingleOrDefaultAsync(cancellationToken);
        if (known is not null)
        {
            await turn.TakeAsync(known.ListingId, (now, token) => HearAsync(known.Id, status, now, token), cancellationToken);
        }
    }

    private async Task<RefundState> HearAsync(Guid refundId, string? status, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var refund = await db.Refunds.Include(found => found.Payment).SingleAsync(found => found.Id == refundId, cancellationToken);
        switch (refund, status)
        {
            // Nobody has sent it yet, so this is not about it.
            case ({ Attempts: 0 }, _):
                break;
            case ({ State: RefundState.Due or RefundState.Processing, GatewayId: null }, "refunded"):
                await db.ProceedAsync(refund, GatewayRefundStatus.Refunded, gatewayId: null, now, cancellationToken);
                break;
            case ({ State: RefundState.Due or RefundState.Processing, GatewayId: null }, "reversed"):
                await db.ProceedAsync(refund, GatewayRefundStatus.Reversed, gatewayId: null, now, cancellationToken);
                break;
            default:
                refund.Wake(now);
                break;
        }

        await db.SaveChangesAsync(cancellationToken);
        return refund.State;
    }
}
