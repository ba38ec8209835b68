using Microsoft.EntityFrameworkCore;
using Travel.Domain.Outbox;

namespace Travel.Domain.Messaging;

/// <summary>Notes how many messages lie in each queue, and in the outbox, so that it can be seen how that changes.</summary>
public sealed class SampleQueues(TravelDbContext db, QueueDepths depths, TimeProvider clock)
{
    /// <returns>How many queues it was.</returns>
    /// <exception cref="RabbitMQ.Client.Exceptions.BrokerUnreachableException">The broker does not answer; the outbox is noted all the same.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var backlog = await OutboxBacklog.MeasureAsync(db, now, cancellationToken);
        await NoteAsync(now, QueueMinute.Outbox, backlog.Messages, retrying: null, dead: null, consumers: null, cancellationToken);
        var waiting = await db.CountDeadLettersAsync(cancellationToken);
        var seen = await depths.ReadAsync(cancellationToken);
        foreach (var queue in seen)
        {
            await NoteAsync(now, queue.Queue, queue.Ready, queue.Retrying, queue.Dead + waiting.GetValueOrDefault(queue.Queue), queue.Consumers, cancellationToken);
        }

        return seen.Count;
    }

    private Task<int> NoteAsync(
        DateTimeOffset now, string queue, long ready, long? retrying, long? dead, long? consumers, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO queue_minutes (queue, at, ready, retrying, dead, consumers)
        VALUES ({queue}, {QueueMinute.Of(now)}, {ready}, {retrying}, {dead}, {consumers})
        ON CONFLICT (queue, at) DO UPDATE
        SET ready = excluded.ready, retrying = excluded.retrying, dead = excluded.dead, consumers = excluded.consumers
        """,
        cancellationToken);
}
