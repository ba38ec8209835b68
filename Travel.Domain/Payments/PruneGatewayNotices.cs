using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Payments;

/// <summary>Forgets what the gateway told us long ago: what came of it is in payments and ledger, and a notice names its payer.</summary>
public sealed class PruneGatewayNotices(TravelDbContext db, TimeProvider clock)
{
    // A quarter, in which a payer may still dispute what they paid. The gateway repeats a notice for three days.
    private static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Keep;
        return db.GatewayNotices.Where(notice => notice.ReceivedAt < before).OrderBy(notice => notice.Id).PruneAsync(cancellationToken);
    }
}
