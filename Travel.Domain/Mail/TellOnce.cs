using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Domain.Outbox;

namespace Travel.Domain.Mail;

/// <summary>Something whose time has come, and the message that tells of it; null where there is nothing to say this time.</summary>
internal sealed record Due<TMessage>(Guid AboutId, DateOnly ForOn, TMessage? Message)
    where TMessage : class, IMessage;

/// <summary>
/// Tells of what has become due. The rows that say so and the messages are committed together; whoever comes second, another run or another
/// worker, finds the rows there and tells nobody.
/// </summary>
public sealed class TellOnce(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    /// <param name="due">At most one about each booking or person.</param>
    /// <returns>How many messages were written.</returns>
    internal async Task<int> ExecuteAsync<TMessage>(ReminderKind kind, IReadOnlyList<Due<TMessage>> due, CancellationToken cancellationToken)
        where TMessage : class, IMessage
    {
        if (due.Count == 0)
        {
            return 0;
        }

        var told = await db.InTransactionAsync(token => TellAsync(kind, due, token), cancellationToken);
        outbox.Wake();
        return told;
    }

    private async Task<int> TellAsync<TMessage>(ReminderKind kind, IReadOnlyList<Due<TMessage>> due, CancellationToken cancellationToken)
        where TMessage : class, IMessage
    {
        var now = clock.GetUtcNow();
        var name = kind.ToString();
        var (about, days) = (due.Select(thing => thing.AboutId).ToArray(), due.Select(thing => thing.ForOn).ToArray());
        // In one order, so that two who tell of the same things wait for each other and for nothing else.
        var ours = await db.Database.SqlQuery<Guid>(
            $"""
            INSERT INTO reminders (kind, about_id, for_on, at)
            SELECT {name}, due.about_id, due.for_on, {now} FROM unnest({about}, {days}) AS due (about_id, for_on) ORDER BY due.about_id, due.for_on
            ON CONFLICT DO NOTHING
            RETURNING about_id AS "Value"
            """).ToListAsync(cancellationToken);
        var messages = due.IntersectBy(ours, thing => thing.AboutId).Select(thing => thing.Message).OfType<TMessage>().ToList();
        db.Outbox.AddRange(messages.Select(message => OutboxMessage.Of(message, now)));
        await db.SaveChangesAsync(cancellationToken);
        return messages.Count;
    }
}
