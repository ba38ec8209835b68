using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain.Operations;

namespace Travel.Domain.Messaging;

/// <summary>An operator says that a dead letter need not be worked off any more, and why. It can still be looked at for a while.</summary>
public sealed class DropDeadLetter(TravelDbContext db, TimeProvider clock)
{
    /// <param name="id">Which letter.</param>
    /// <param name="actorId">The operator.</param>
    /// <param name="reason">One that <see cref="AuditEntry.ErrorOf"/> has nothing against.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<SettleDeadLetterOutcome> ExecuteAsync(Guid id, Guid actorId, string reason, CancellationToken cancellationToken) => db.InTransactionAsync(
        async token =>
        {
            if (await db.LockDeadLetterAsync(id, token) is not { } letter)
            {
                return SettleDeadLetterOutcome.NoSuchLetter;
            }

            if (letter.State != DeadLetterState.Waiting)
            {
                return SettleDeadLetterOutcome.SettledBefore;
            }

            var now = clock.GetUtcNow();
            letter.Drop(actorId, reason, now);
            db.Audit.Add(AuditEntry.Of(actorId, "dead-letter-dropped", $"{id}", now, reason));
            await db.SaveChangesAsync(token);
            return SettleDeadLetterOutcome.Settled;
        },
        (_, token) => db.DeadLetters.AnyAsync(letter => letter.Id == id && letter.State == DeadLetterState.Dropped, token),
        cancellationToken);
}
