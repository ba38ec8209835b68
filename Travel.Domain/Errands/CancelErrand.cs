using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Errands;
using Travel.Domain.Operations;

namespace Travel.Domain.Errands;

/// <summary>
/// An operator does not want an errand any more. It is over at once: whoever runs it finds that it is no longer theirs with the next note of
/// their progress, and stops.
/// </summary>
public sealed class CancelErrand(TravelDbContext db, TimeProvider clock)
{
    /// <returns>The errand as it is then, whether it was cancelled or had ended before; null when there is none.</returns>
    public Task<Errand?> ExecuteAsync(Guid operatorId, Guid errandId, CancellationToken cancellationToken) =>
        db.InTransactionAsync(token => CancelAsync(operatorId, errandId, token), cancellationToken);

    private async Task<Errand?> CancelAsync(Guid operatorId, Guid errandId, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        var cancelled = await db.Errands
            .Where(errand => errand.Id == errandId && (errand.State == ErrandState.Waiting || errand.State == ErrandState.Running))
            .ExecuteUpdateAsync(
                errand => errand
                    .SetProperty(row => row.State, ErrandState.Cancelled)
                    .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null)
                    .SetProperty(row => row.EndedAt, now),
                cancellationToken);
        var found = await db.Errands.AsNoTracking().SingleOrDefaultAsync(errand => errand.Id == errandId, cancellationToken);
        if (cancelled > 0)
        {
            await db.ErrandFileParts.Where(part => part.ErrandId == errandId).ExecuteDeleteAsync(cancellationToken);
            db.Audit.Add(AuditEntry.Of(operatorId, "errand-cancelled", ErrandRules.SubjectOf(found!), now.Value));
            await db.SaveChangesAsync(cancellationToken);
        }

        return found;
    }
}
