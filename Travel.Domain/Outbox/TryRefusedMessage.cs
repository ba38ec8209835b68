using Microsoft.EntityFrameworkCore;
using Travel.Domain.Operations;

namespace Travel.Domain.Outbox;

/// <summary>What came of an operator's word on a message that the broker has refused.</summary>
public enum SettleRefusedOutcome
{
    Settled,

    /// <summary>Or the broker has never refused it.</summary>
    NoSuchMessage,

    /// <summary>It is published, or somebody has dropped it.</summary>
    SettledBefore,
}

/// <summary>An operator has mended what was wrong, and does not want to wait: a message that the broker has refused is tried again at once.</summary>
public sealed class TryRefusedMessage(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    public async Task<SettleRefusedOutcome> ExecuteAsync(Guid id, Guid actorId, CancellationToken cancellationToken)
    {
        var outcome = await db.InTransactionAsync(
            async token =>
            {
                // A relay that has it in hand is waited for.
                var found = await db.Outbox.Refused().Where(message => message.Id == id)
                    .ExecuteUpdateAsync(row => row.SetProperty(message => message.NotBefore, (DateTimeOffset?)null), token);
                if (found == 0)
                {
                    return await db.WhyNotSettledAsync(id, token);
                }

                db.Audit.Add(AuditEntry.Of(actorId, "outbox-message-tried", await db.SubjectAsync(id, token), clock.GetUtcNow()));
                await db.SaveChangesAsync(token);
                return SettleRefusedOutcome.Settled;
            },
            cancellationToken);
        if (outcome == SettleRefusedOutcome.Settled)
        {
            outbox.Wake();
        }

        return outcome;
    }
}
