using Microsoft.EntityFrameworkCore;
using Travel.Domain.Availability;
using Travel.Domain.Operations;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>
/// An operator, who has looked at the gateway, says what became of a refund that is in doubt: it has been made, or it never will be and its money
/// lies open.
/// </summary>
public sealed class SettleRefund(TravelDbContext db, ListingTurn turn)
{
    public async Task<SettleRefundOutcome> ExecuteAsync(Guid operatorId, Guid refundId, bool isRefunded, string reason, CancellationToken cancellationToken)
    {
        if (AuditEntry.ErrorOf(reason) is { } error)
        {
            return new SettleRefundOutcome.Invalid(error);
        }

        // A refund's listing never changes, so it may be read before the lock.
        return await db.Refunds.Where(found => found.Id == refundId).Select(found => (Guid?)found.Payment!.ListingId).SingleOrDefaultAsync(cancellationToken) is { } listing
            ? await turn.TakeAsync(listing, (now, token) => SettleAsync(operatorId, refundId, isRefunded, reason, now, token), cancellationToken)
            : new SettleRefundOutcome.NoSuchRefund();
    }

    private async Task<SettleRefundOutcome> SettleAsync(
        Guid operatorId, Guid refundId, bool isRefunded, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var refund = await db.Refunds.Include(found => found.Payment).SingleAsync(found => found.Id == refundId, cancellationToken);
        if (!refund.IsInDoubt)
        {
            return new SettleRefundOutcome.NotInDoubt();
        }

        await db.ProceedAsync(refund, isRefunded ? GatewayRefundStatus.Refunded : GatewayRefundStatus.Reversed, gatewayId: null, now, cancellationToken);
        db.Audit.Add(AuditEntry.Of(operatorId, isRefunded ? "refund-said-made" : "refund-said-lost", refund.Reference, now, reason));
        await db.SaveChangesAsync(cancellationToken);
        return new SettleRefundOutcome.Settled(refund);
    }
}

public abstract record SettleRefundOutcome
{
    private SettleRefundOutcome()
    {
    }

    public sealed record Settled(Refund Refund) : SettleRefundOutcome;

    public sealed record NoSuchRefund : SettleRefundOutcome;

    /// <summary>It is over, or the gateway can be asked.</summary>
    public sealed record NotInDoubt : SettleRefundOutcome;

    /// <param name="Reason">What is wrong with it.</param>
    public sealed record Invalid(string Reason) : SettleRefundOutcome;
}
