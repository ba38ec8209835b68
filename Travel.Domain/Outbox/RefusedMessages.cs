using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Outbox;

internal static class RefusedMessages
{
    /// <summary>Nothing when it is published or dropped. A relay that has it in hand is waited for, as with any row that is to be changed.</summary>
    public static IQueryable<OutboxMessage> RefusedMessage(this TravelDbContext db, Guid id) =>
        db.Outbox.Where(message => message.Id == id && message.Attempts > 0 && message.PublishedAt == null && message.DroppedAt == null);

    public static async Task<SettleRefusedOutcome> WhyNotSettledAsync(this TravelDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Outbox.AnyAsync(message => message.Id == id && message.Attempts > 0, cancellationToken)
            ? SettleRefusedOutcome.SettledBefore
            : SettleRefusedOutcome.NoSuchMessage;

    /// <summary>What the audit calls it, which is there for longer than the message.</summary>
    public static Task<string> SubjectAsync(this TravelDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Outbox.Where(message => message.Id == id).Select(message => message.RoutingKey + " " + message.Id).SingleAsync(cancellationToken);
}
