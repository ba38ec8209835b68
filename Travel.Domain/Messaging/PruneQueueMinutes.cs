using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Messaging;

/// <summary>Forgets how queues were long ago.</summary>
public sealed class PruneQueueMinutes(TravelDbContext db, TimeProvider clock)
{
    /// <summary>The longest span that operators look at.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Keep;
        return db.QueueMinutes.Where(minute => minute.At < before).OrderBy(minute => minute.At).PruneAsync(cancellationToken);
    }
}
