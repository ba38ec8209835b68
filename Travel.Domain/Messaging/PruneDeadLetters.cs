using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;

namespace Travel.Domain.Messaging;

/// <summary>Forgets dead letters that were settled long ago. What waits for a person waits for ever.</summary>
public sealed class PruneDeadLetters(TravelDbContext db, TimeProvider clock)
{
    // A quarter to look back on, as with runs of jobs.
    private static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Keep;
        return db.DeadLetters.Where(letter => letter.State != DeadLetterState.Waiting && letter.SettledAt < before).OrderBy(letter => letter.Id).PruneAsync(cancellationToken);
    }
}
