using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain.Operations;

namespace Travel.Domain.Messaging;

/// <summary>What came of an operator's word on a dead letter.</summary>
public enum SettleDeadLetterOutcome
{
    Settled,
    NoSuchLetter,

    /// <summary>Somebody has replayed or dropped it before.</summary>
    SettledBefore,
}

/// <summary>Gives dead letters back to their queue, as if they had never been tried.</summary>
/// <remarks>
/// The row is locked until the broker has confirmed the message, and is settled then: as in the relay, a call to another system in a transaction,
/// because the lock is the claim. Whatever breaks in between, the letter still waits: the message may be in its queue twice, under the same id,
/// and is never lost.
/// </remarks>
public sealed class ReplayDeadLetters(TravelDbContext db, Broker broker, TimeProvider clock)
{
    private const int BatchSize = 100;

    /// <param name="id">Which letter.</param>
    /// <param name="actorId">The operator.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SettleDeadLetterOutcome> OneAsync(Guid id, Guid actorId, CancellationToken cancellationToken)
    {
        await using var publisher = broker.Publisher();
        await publisher.OpenAsync(cancellationToken);
        return await db.InTransactionAsync(
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
                await PublishAsync(publisher, letter, token);
                letter.Replay(actorId, now);
                db.Audit.Add(AuditEntry.Of(actorId, "dead-letter-replayed", $"{id}", now));
                await db.SaveChangesAsync(token);
                return SettleDeadLetterOutcome.Settled;
            },
            (_, token) => IsReplayedAsync(id, token),
            cancellationToken);
    }

    /// <param name="queue">Whose letters; of all queues when it is null.</param>
    /// <param name="actorId">The operator; null when it is the button in the Aspire dashboard.</param>
    /// <param name="cancellationToken">Ends the wait; what is done by then stays done.</param>
    /// <returns>How many there were. What dies again meanwhile waits for the next time.</returns>
    public async Task<int> AllAsync(string? queue, Guid? actorId, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow();
        await using var publisher = broker.Publisher();
        await publisher.OpenAsync(cancellationToken);
        var replayed = 0;
        foreach (var each in queue is null ? Topology.QueueNames : [queue])
        {
            IReadOnlyList<Guid> batch;
            do
            {
                batch = await db.InTransactionAsync(
                    token => ReplayBatchAsync(publisher, each, until, actorId, token),
                    async (letters, token) => letters.Count == 0 || await IsReplayedAsync(letters[0], token),
                    cancellationToken);
                replayed += batch.Count;
            }
            while (batch.Count == BatchSize);
        }

        return replayed;
    }

    private async Task<IReadOnlyList<Guid>> ReplayBatchAsync(PublishingChannel publisher, string queue, DateTimeOffset until, Guid? actorId, CancellationToken cancellationToken)
    {
        // Two operators who want the same at the same time share the work.
        var letters = await db.DeadLetters
            .FromSql(
                $"""
                SELECT * FROM dead_letters WHERE queue = {queue} AND state = {nameof(DeadLetterState.Waiting)} AND died_at <= {until}
                ORDER BY id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
                """)
            .ToListAsync(cancellationToken);
        if (letters.Count == 0)
        {
            return [];
        }

        await Task.WhenAll(letters.Select(letter => PublishAsync(publisher, letter, cancellationToken)));
        var now = clock.GetUtcNow();
        foreach (var letter in letters)
        {
            letter.Replay(actorId, now);
        }

        db.Audit.Add(AuditEntry.Of(actorId, "dead-letters-replayed", string.Create(CultureInfo.InvariantCulture, $"{letters.Count} of {queue}"), now));
        await db.SaveChangesAsync(cancellationToken);
        return letters.ConvertAll(letter => letter.Id);
    }

    private Task<bool> IsReplayedAsync(Guid id, CancellationToken cancellationToken) =>
        db.DeadLetters.AnyAsync(letter => letter.Id == id && letter.State == DeadLetterState.Replayed, cancellationToken);

    private static Task PublishAsync(PublishingChannel publisher, DeadLetter letter, CancellationToken cancellationToken) =>
        publisher.PublishAsync(letter.Queue, letter.ToProperties(), letter.Body, cancellationToken);
}
