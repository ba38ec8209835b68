using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;

namespace Travel.Domain.Messaging;

public static class DeadLetterQueries
{
    /// <returns>By queue, how many wait for a person.</returns>
    public static Task<Dictionary<string, long>> CountDeadLettersAsync(this TravelDbContext db, CancellationToken cancellationToken) => db.DeadLetters
        .Where(letter => letter.State == DeadLetterState.Waiting)
        .GroupBy(letter => letter.Queue)
        .Select(letters => new { Queue = letters.Key, Count = letters.LongCount() })
        .ToDictionaryAsync(letters => letters.Queue, letters => letters.Count, StringComparer.Ordinal, cancellationToken);

    /// <summary>Nobody else settles it until the transaction ends.</summary>
    internal static Task<DeadLetter?> LockDeadLetterAsync(this TravelDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.DeadLetters.FromSql($"SELECT * FROM dead_letters WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
}
