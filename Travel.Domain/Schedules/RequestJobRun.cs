using Microsoft.EntityFrameworkCore;
using Travel.Domain.Operations;

namespace Travel.Domain.Schedules;

/// <summary>Somebody wants a job to run now. A worker takes it up within the second; asked twice before that, it runs once.</summary>
public sealed class RequestJobRun(TravelDbContext db, TimeProvider clock)
{
    /// <param name="name">Which job.</param>
    /// <param name="actorId">The operator; null when it is the button in the Aspire dashboard.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there is such a job.</returns>
    public async Task<bool> ExecuteAsync(string name, Guid? actorId, CancellationToken cancellationToken)
    {
        if (Jobs.Find(name) is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        await db.InTransactionAsync(
            async token =>
            {
                db.Audit.Add(AuditEntry.Of(actorId, "job-run", name, now));
                await db.SaveChangesAsync(token);
                return await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO jobs (name, run_requested_at) VALUES ({name}, {now})
                    ON CONFLICT (name) DO UPDATE SET run_requested_at = coalesce(jobs.run_requested_at, excluded.run_requested_at)
                    """,
                    token);
            },
            cancellationToken);
        return true;
    }
}
