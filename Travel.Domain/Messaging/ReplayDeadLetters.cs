using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;
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
public sealed partial class ReplayDeadLetters(TravelDbContext db, Broker broker, TimeProvider clock, ILogger<ReplayDeadLetters> logger)
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

    /// <summary>Tries each letter once: one that the broker does not take is in nobody's way, and waits as before.</summary>
    /// <param name="queue">Whose letters; of all queues when it is null.</param>
    /// <param name="actorId">The operator; null when it is the button in the Aspire dashboard.</param>
    /// <param name="cancellationToken">Ends the wait; what is done by then stays done.</param>
    /// <returns>What became of those there were. What dies again meanwhile waits for the next time.</returns>
    public async Task<ReplayedLetters> AllAsync(string? queue, Guid? actorId, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow();
        await using var publisher = broker.Publisher();
        var all = new ReplayedLetters(0, 0);
        foreach (var each in queue is null ? Topology.QueueNames : [queue])
        {
            for (Guid? after = Guid.Empty; after is { } last;)
            {
                // Before rows are locked; and with a broker that is away there is an end.
                await publisher.OpenAsync(cancellationToken);
                var batch = await db.InTransactionAsync(
                    token => ReplayBatchAsync(publisher, each, until, last, actorId, token),
                    async (done, token) => done.Replayed.Count == 0 || await IsReplayedAsync(done.Replayed[0], token),
                    cancellationToken);
                all = new ReplayedLetters(all.Replayed + batch.Replayed.Count, all.Failed + batch.Failed);
                after = batch.Last;
            }
        }

        return all;
    }

    private async Task<Batch> ReplayBatchAsync(
        PublishingChannel publisher, string queue, DateTimeOffset until, Guid after, Guid? actorId, CancellationToken cancellationToken)
    {
        // Two operators who want the same at the same time share the work.
        var letters = await db.DeadLetters
            .FromSql(
                $"""
                SELECT * FROM dead_letters WHERE queue = {queue} AND state = {nameof(DeadLetterState.Waiting)} AND id > {after} AND died_at <= {until}
                ORDER BY id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
                """)
            .ToListAsync(cancellationToken);
        var published = await PublishAsync(publisher, letters, cancellationToken);
        if (published.Count > 0)
        {
            var now = clock.GetUtcNow();
            foreach (var letter in published)
            {
                letter.Replay(actorId, now);
            }

            db.Audit.Add(AuditEntry.Of(actorId, "dead-letters-replayed", string.Create(CultureInfo.InvariantCulture, $"{published.Count} of {queue}"), now));
            await db.SaveChangesAsync(cancellationToken);
        }

        return new Batch(published.ConvertAll(letter => letter.Id), letters.Count - published.Count, letters.Count == BatchSize ? letters[^1].Id : null);
    }

    /// <returns>Those that are in their queue.</returns>
    private async Task<List<DeadLetter>> PublishAsync(PublishingChannel publisher, List<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var failures = await Task.WhenAll(letters.Select(letter => TryAsync(publisher, letter, cancellationToken)));
        for (var each = 0; each < letters.Count && !Array.Exists(failures, failure => failure is BrokerSilentException or BrokerUnreachableException); each++)
        {
            // The broker hangs up on what it cannot read, and all that is on its way is lost with it: so each of those is tried alone.
            if (failures[each] is OperationInterruptedException)
            {
                failures[each] = await TryAsync(publisher, letters[each], cancellationToken);
            }
        }

        foreach (var (letter, failure) in letters.Zip(failures).Where(outcome => outcome.Second is not null))
        {
            Log.NotReplayed(logger, failure!, letter.Id, letter.Queue);
        }

        return letters.Where((_, each) => failures[each] is null).ToList();
    }

    /// <returns>Why the broker has not confirmed it; null when it has.</returns>
    private static async Task<Exception?> TryAsync(PublishingChannel publisher, DeadLetter letter, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(publisher, letter, cancellationToken);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception;
        }
    }

    private Task<bool> IsReplayedAsync(Guid id, CancellationToken cancellationToken) =>
        db.DeadLetters.AnyAsync(letter => letter.Id == id && letter.State == DeadLetterState.Replayed, cancellationToken);

    private static Task PublishAsync(PublishingChannel publisher, DeadLetter letter, CancellationToken cancellationToken) =>
        publisher.PublishAsync(letter.Queue, letter.ToProperties(), letter.Body, cancellationToken);

    /// <param name="Last">Behind which there may be more; null when there are none.</param>
    private sealed record Batch(IReadOnlyList<Guid> Replayed, int Failed, Guid? Last);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Dead letter {DeadLetter} could not be given back to {Queue} and waits as before")]
        public static partial void NotReplayed(ILogger logger, Exception exception, Guid deadLetter, string queue);
    }
}

/// <summary>What became of dead letters that were to go back to their queues.</summary>
public sealed record ReplayedLetters(int Replayed, int Failed);
