using Microsoft.EntityFrameworkCore;
using Quartz;
using Travel.Domain;

namespace Travel.Worker.Schedules;

/// <summary>Takes up what somebody wants to run now, and hands it to Quartz.</summary>
internal sealed class RequestedRuns(TravelDbContext db)
{
    /// <summary>The request goes when Quartz has it: a worker that dies in between leaves one run too many, never one too few.</summary>
    public Task TakeUpAsync(IScheduler scheduler, CancellationToken cancellationToken) => db.InTransactionAsync(
        async token =>
        {
            var requested = await db.Database.SqlQuery<string>(
                $"""
                UPDATE jobs SET run_requested_at = NULL
                WHERE name IN (SELECT name FROM jobs WHERE run_requested_at IS NOT NULL FOR UPDATE SKIP LOCKED)
                RETURNING name AS "Value"
                """).ToListAsync(token);
            foreach (var job in requested)
            {
                await scheduler.TriggerJob(JobSchedule.KeyOf(job), cancellationToken: token);
            }

            return requested.Count;
        },
        cancellationToken);
}
