using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Travel.Domain.Outbox;

/// <summary>
/// Claims the oldest rows, publishes them and notes what became of each. The claim is a row lock that lasts until the broker has confirmed:
/// a relay that dies lets go at once, and another takes the rows up. A row may so be published twice, never not at all.
/// </summary>
/// <remarks>Publishing inside the transaction is the one exception to "no call to another system in a transaction": the lock is the claim.</remarks>
internal sealed partial class PublishBatch(TravelDbContext db, TimeProvider clock, ILogger<PublishBatch> logger)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <param name="writtenBy">Younger rows are left alone.</param>
    /// <returns>How many rows were claimed.</returns>
    /// <exception cref="InvalidOperationException">The broker took none, and that was no row's own fault.</exception>
    public async Task<int> ExecuteAsync(OutboxPublisher publisher, int size, DateTimeOffset writtenBy, CancellationToken cancellationToken)
    {
        // With nothing to tell, a broker that is away is nobody's trouble.
        if (!publisher.IsOpen && !await db.Outbox.Waiting().AnyAsync(row => row.CreatedAt <= writtenBy, cancellationToken))
        {
            return 0;
        }

        await publisher.OpenAsync(cancellationToken);
        var (claimed, batch) = await db.InTransactionAsync(token => ClaimAndPublishAsync(publisher, size, writtenBy, token), cancellationToken);
        OutboxMetrics.CountPublished(batch.Confirmed.Count);
        OutboxMetrics.CountRefused(batch.Refused.Count);
        foreach (var refused in batch.Refused)
        {
            Log.Refused(logger, refused.Message.Id, refused.Message.RoutingKey, refused.Reason);
        }

        return batch is { Trouble: { } trouble, Confirmed.Count: 0 }
            ? throw new InvalidOperationException($"The broker confirmed none of {claimed} messages.", trouble)
            : claimed;
    }

    private async Task<(int Claimed, PublishedBatch Batch)> ClaimAndPublishAsync(
        OutboxPublisher publisher, int size, DateTimeOffset writtenBy, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Outbox.FromSql(
            $"""
            SELECT * FROM outbox_messages
            WHERE published_at IS NULL AND dropped_at IS NULL AND created_at <= {writtenBy} AND (not_before IS NULL OR not_before <= {now})
            ORDER BY id LIMIT {size} FOR UPDATE SKIP LOCKED
            """).AsNoTracking().ToListAsync(cancellationToken);
        var batch = await publisher.PublishAsync(rows, cancellationToken);
        if (batch.Confirmed.Count > 0)
        {
            var publishedAt = clock.GetUtcNow();
            await db.Outbox.Where(row => batch.Confirmed.Contains(row.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(message => message.PublishedAt, publishedAt), cancellationToken);
        }

        foreach (var (message, reason) in batch.Refused)
        {
            var attempts = message.Attempts + 1;
            DateTimeOffset? notBefore = now + BackOff.After(attempts, FirstWait, LongestWait);
            await db.Outbox.Where(row => row.Id == message.Id).ExecuteUpdateAsync(
                row => row
                    .SetProperty(found => found.Attempts, attempts)
                    .SetProperty(found => found.NotBefore, notBefore)
                    .SetProperty(found => found.LastError, reason),
                cancellationToken);
        }

        return (rows.Count, batch);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Message {MessageId} ({RoutingKey}) was refused and waits in the outbox: {Reason}")]
        public static partial void Refused(ILogger logger, Guid messageId, string routingKey, string reason);
    }
}
