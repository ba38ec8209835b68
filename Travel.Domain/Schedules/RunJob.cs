using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Travel.Contracts.Schedules;

namespace Travel.Domain.Schedules;

/// <summary>Runs a job and records it: that it began before it begins, and what came of it when that is known.</summary>
public sealed partial class RunJob(TravelDbContext db, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RunJob> logger)
{
    private static readonly ActivitySource Source = new("Travel.Schedules");

    /// <param name="job">What to run.</param>
    /// <param name="cause">A paused job does not run by the clock; whoever asks for it by hand means it.</param>
    /// <param name="worker">Who runs it.</param>
    /// <param name="nextRunAt">When the clock will start it again; null when it will not.</param>
    /// <param name="cancellationToken">Asks the job to stop.</param>
    public async Task ExecuteAsync(Job job, JobCause cause, string worker, DateTimeOffset? nextRunAt, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO jobs (name, next_run_at) VALUES ({job.Name}, {nextRunAt}) ON CONFLICT (name) DO UPDATE SET next_run_at = excluded.next_run_at",
            cancellationToken);
        if (cause == JobCause.Schedule && await db.Jobs.AnyAsync(state => state.Name == job.Name && state.PausedAt != null, cancellationToken))
        {
            Log.Paused(logger, job.Name);
            return;
        }

        using var activity = Source.StartActivity("job " + job.Name);
        var run = await BeginAsync(job, cause, worker, cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var items = await job.RunAsync(scope.ServiceProvider, cancellationToken);
            await EndAsync(run, JobOutcome.Succeeded, items, error: null);
        }
        catch (Exception exception)
        {
            // Not thrown on: the next run is the next attempt, and Quartz would only say it a second time.
            activity?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            Log.Failed(logger, exception, job.Name);
            var error = $"{exception.GetType().Name}: {exception.Message}";
            await EndAsync(run, JobOutcome.Failed, items: null, PlainText.Beginning(error, JobRun.LongestError));
        }
    }

    private Task<JobRun> BeginAsync(Job job, JobCause cause, string worker, CancellationToken cancellationToken) => db.InTransactionAsync(
        async token =>
        {
            var now = clock.GetUtcNow();
            // One run at a time: what still counts as running was left by a worker that died.
            await db.JobRuns.Where(left => left.Job == job.Name && left.Outcome == JobOutcome.Running).ExecuteUpdateAsync(
                left => left.SetProperty(row => row.Outcome, JobOutcome.Abandoned).SetProperty(row => row.FinishedAt, now), token);
            var run = new JobRun
            {
                Id = Guid.CreateVersion7(now),
                Job = job.Name,
                Cause = cause,
                Worker = worker,
                StartedAt = now,
                Outcome = JobOutcome.Running,
            };
            db.JobRuns.Add(run);
            await db.SaveChangesAsync(token);
            return run;
        },
        cancellationToken);

    /// <summary>A stop must not come between the work and our note of it.</summary>
    private async Task EndAsync(JobRun run, JobOutcome outcome, int? items, string? error)
    {
        var now = clock.GetUtcNow();
        var seconds = (now - run.StartedAt).TotalSeconds;
        JobMetrics.Count(run.Job, outcome, seconds);
        await db.JobRuns.Where(row => row.Id == run.Id && row.Outcome == JobOutcome.Running).ExecuteUpdateAsync(
            row => row
                .SetProperty(ended => ended.Outcome, outcome)
                .SetProperty(ended => ended.FinishedAt, now)
                .SetProperty(ended => ended.Items, items)
                .SetProperty(ended => ended.Error, error),
            CancellationToken.None);
        if (outcome == JobOutcome.Succeeded)
        {
            Log.Ran(logger, run.Job, items!.Value, seconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Job {Job} ran: {Items} items in {Seconds:F3} s")]
        public static partial void Ran(ILogger logger, string job, int items, double seconds);

        [LoggerMessage(LogLevel.Information, "Job {Job} is paused")]
        public static partial void Paused(ILogger logger, string job);

        [LoggerMessage(LogLevel.Error, "Job {Job} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string job);
    }
}
