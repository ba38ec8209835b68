using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Schedules;

/// <summary>That it ran says that the scheduler lives. It looks for jobs whose time has passed without a run.</summary>
public sealed class Heartbeat(TravelDbContext db, TimeProvider clock)
{
    /// <summary>Longer than a busy scheduler takes to start a job.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <returns>How many jobs are late.</returns>
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Patience;
        return db.Jobs.CountAsync(job => job.PausedAt == null && job.NextRunAt < before, cancellationToken);
    }
}
