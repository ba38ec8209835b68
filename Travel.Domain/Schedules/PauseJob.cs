using Microsoft.EntityFrameworkCore;
using Travel.Domain.Operations;

namespace Travel.Domain.Schedules;

/// <summary>An operator takes a job off the clock, or puts it back. What is running goes on to its end.</summary>
public sealed class PauseJob(TravelDbContext db, TimeProvider clock)
{
    /// <returns>Whether there is such a job.</returns>
    public async Task<bool> ExecuteAsync(string name, bool paused, Guid actorId, CancellationToken cancellationToken)
    {
        if (Jobs.Find(name) is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        DateTimeOffset? since = paused ? now : null;
        Guid? by = paused ? actorId : null;
        await db.InTransactionAsync(
            async token =>
            {
                // Paused again is still paused since the first time; only a change is written down.
                var changed = await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO jobs AS known (name, paused_at, paused_by) VALUES ({name}, {since}, {by})
                    ON CONFLICT (name) DO UPDATE SET paused_at = excluded.paused_at, paused_by = excluded.paused_by
                    WHERE (known.paused_at IS NULL) <> (excluded.paused_at IS NULL)
                    """,
                    token);
                if (changed > 0)
                {
                    db.Audit.Add(AuditEntry.Of(actorId, paused ? "job-paused" : "job-resumed", name, now));
                }

                return await db.SaveChangesAsync(token);
            },
            cancellationToken);
        return true;
    }
}
