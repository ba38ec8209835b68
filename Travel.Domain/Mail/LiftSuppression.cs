using Microsoft.EntityFrameworkCore;
using Travel.Domain.Operations;

namespace Travel.Domain.Mail;

/// <summary>An operator takes away one reason for which an address gets no mail. What was withheld until then stays so; it can be sent again.</summary>
public sealed class LiftSuppression(TravelDbContext db, TimeProvider clock)
{
    /// <returns>Whether there was such an entry.</returns>
    public async Task<bool> ExecuteAsync(Guid operatorId, Guid id, string reason, CancellationToken cancellationToken) =>
        await db.InTransactionAsync(
            token => LiftAsync(operatorId, id, reason, token),
            // Lifted, and the answer was lost: asked again, there would be no such entry.
            (noted, token) => db.Audit.AnyAsync(entry => entry.Id == noted, token),
            cancellationToken) is not null;

    /// <returns>The entry in the audit; null when there was nothing to lift.</returns>
    private async Task<Guid?> LiftAsync(Guid operatorId, Guid id, string reason, CancellationToken cancellationToken)
    {
        var known = await db.SuppressedAddresses.AsNoTracking().SingleOrDefaultAsync(suppressed => suppressed.Id == id, cancellationToken);
        if (known is null || await db.SuppressedAddresses.Where(suppressed => suppressed.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return null;
        }

        var subject = $"{MaskedAddress.Of(known.Address.ToLowerInvariant())} ({known.Reason})";
        var lifted = AuditEntry.Of(operatorId, "suppression-lifted", subject, clock.GetUtcNow(), reason);
        db.Audit.Add(lifted);
        await db.SaveChangesAsync(cancellationToken);
        return lifted.Id;
    }
}
