using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Schedules;

namespace Travel.Domain.Schedules;

/// <summary>Forgets runs that are over, after their time.</summary>
public sealed class PruneJobRuns(TravelDbContext db, IOptions<SchedulesOptions> options, TimeProvider clock)
{
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.KeepRuns;
        return db.JobRuns.Where(run => run.StartedAt < before && run.Outcome != JobOutcome.Running).OrderBy(run => run.StartedAt).PruneAsync(cancellationToken);
    }
}
