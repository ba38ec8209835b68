using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;

namespace Travel.Domain.Messaging;

/// <summary>
/// Writes a dead letter down for good, so that it can be taken away from the broker; and that the mails it called for have failed, which nobody
/// has noted of a message that the broker itself gave up because worker after worker died with it.
/// </summary>
public sealed class RecordDeadLetter(TravelDbContext db)
{
    private static readonly string[] MailQueues = [Topology.UrgentMail.Name, Topology.BulkMail.Name];

    /// <returns>Whether this death was not known before.</returns>
    public Task<bool> ExecuteAsync(DeadLetter letter, CancellationToken cancellationToken) => db.InTransactionAsync(
        async token =>
        {
            // One that is seen again may have been replayed since, and its mails are on their way.
            var isNew = await InsertAsync(letter, token) > 0;
            if (isNew && MailQueues.Contains(letter.Queue, StringComparer.Ordinal) && Guid.TryParse(letter.MessageId, out var eventId))
            {
                await FailMailsAsync(eventId, letter.Error, token);
            }

            return isNew;
        },
        cancellationToken);

    private Task<int> InsertAsync(DeadLetter letter, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO dead_letters
            (id, queue, message_id, replays, routing_key, content_type, headers, body, attempts, error, published_at, died_at, state)
        VALUES
            ({letter.Id}, {letter.Queue}, {letter.MessageId}, {letter.Replays}, {letter.RoutingKey}, {letter.ContentType}, {letter.Headers}, {letter.Body},
             {letter.Attempts}, {letter.Error}, {letter.PublishedAt}, {letter.DiedAt}, {nameof(DeadLetterState.Waiting)})
        ON CONFLICT (queue, message_id, replays) DO NOTHING
        """,
        cancellationToken);

    /// <summary>A sender that still has one notes itself what becomes of it, and has it to itself so long.</summary>
    private Task<int> FailMailsAsync(Guid eventId, string? error, CancellationToken cancellationToken) => db.Mails
        .Where(mail => mail.EventId == eventId && (mail.Status == MailStatus.Queued || mail.Status == MailStatus.Deferred))
        .ExecuteUpdateAsync(
            mail => mail
                .SetProperty(row => row.Status, MailStatus.Failed)
                .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                .SetProperty(row => row.LastError, row => row.LastError ?? error),
            cancellationToken);
}
