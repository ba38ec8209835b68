using Microsoft.EntityFrameworkCore;
using Travel.Domain.Operations;

namespace Travel.Domain.Outbox;

/// <summary>An operator says that a message need not be told any more, and why. It can still be looked at for a while.</summary>
public sealed class DropRefusedMessage(TravelDbContext db, TimeProvider clock)
{
    /// <param name="id">Which message.</param>
    /// <param name="actorId">The operator.</param>
    /// <param name="reason">One that <see cref="AuditEntry.ErrorOf"/> has nothing against.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<SettleRefusedOutcome> ExecuteAsync(Guid id, Guid actorId, string reason, CancellationToken cancellationToken) => db.InTransactionAsync(
        async token =>
        {
            DateTimeOffset? now = clock.GetUtcNow();
            // A relay that has it in hand is waited for.
            var dropped = await db.Outbox.Refused().Where(message => message.Id == id).ExecuteUpdateAsync(
                row => row
                    .SetProperty(message => message.DroppedAt, now)
                    .SetProperty(message => message.DroppedBy, (Guid?)actorId)
                    .SetProperty(message => message.DropReason, reason),
                token);
            if (dropped == 0)
            {
                return await db.WhyNotSettledAsync(id, token);
            }

            db.Audit.Add(AuditEntry.Of(actorId, "outbox-message-dropped", await db.SubjectAsync(id, token), now.Value, reason));
            await db.SaveChangesAsync(token);
            return SettleRefusedOutcome.Settled;
        },
        (_, token) => db.Outbox.AnyAsync(message => message.Id == id && message.DroppedAt != null, token),
        cancellationToken);
}
