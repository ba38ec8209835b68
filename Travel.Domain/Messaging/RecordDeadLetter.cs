using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;

namespace Travel.Domain.Messaging;

/// <summary>Writes a dead letter down for good, so that it can be taken away from the broker.</summary>
public sealed class RecordDeadLetter(TravelDbContext db)
{
    /// <returns>Whether this death was not known before.</returns>
    public async Task<bool> ExecuteAsync(DeadLetter letter, CancellationToken cancellationToken) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO dead_letters
            (id, queue, message_id, replays, routing_key, content_type, headers, body, attempts, error, published_at, died_at, state)
        VALUES
            ({letter.Id}, {letter.Queue}, {letter.MessageId}, {letter.Replays}, {letter.RoutingKey}, {letter.ContentType}, {letter.Headers}, {letter.Body},
             {letter.Attempts}, {letter.Error}, {letter.PublishedAt}, {letter.DiedAt}, {nameof(DeadLetterState.Waiting)})
        ON CONFLICT (queue, message_id, replays) DO NOTHING
        """,
        cancellationToken) > 0;
}
