using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Outbox;

public static class OutboxQueries
{
    /// <summary>What is to be published yet.</summary>
    public static IQueryable<OutboxMessage> Waiting(this IQueryable<OutboxMessage> messages) =>
        messages.Where(message => message.PublishedAt == null && message.DroppedAt == null);

    /// <summary>Of what waits, what the broker has refused.</summary>
    public static IQueryable<OutboxMessage> Refused(this IQueryable<OutboxMessage> messages) => messages.Waiting().Where(message => message.Attempts > 0);

    internal static async Task<SettleRefusedOutcome> WhyNotSettledAsync(this TravelDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Outbox.AnyAsync(message => message.Id == id && message.Attempts > 0, cancellationToken)
            ? SettleRefusedOutcome.SettledBefore
            : SettleRefusedOutcome.NoSuchMessage;

    /// <summary>What the audit calls it, which is there for longer than the message.</summary>
    internal static Task<string> SubjectAsync(this TravelDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Outbox.Where(message => message.Id == id).Select(message => message.RoutingKey + " " + message.Id).SingleAsync(cancellationToken);
}
