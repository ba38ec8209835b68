using Quartz;
using Travel.Contracts.Schedules;
using Travel.Domain.Schedules;

namespace Travel.Worker.Schedules;

/// <summary>What Quartz runs, whatever the job. In all workers together each job runs once at a time.</summary>
[DisallowConcurrentExecution]
internal sealed class QuartzJob(RunJob run) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // A job that an older worker has scheduled, or a newer one, and this one does not know.
        var job = Jobs.Find(context.JobDetail.Key.Name) ?? throw new JobExecutionException($"There is no job '{context.JobDetail.Key.Name}'.");
        var cause = context switch
        {
            { Recovering: true } => JobCause.Recovery,
            _ when context.Trigger.Key.Equals(JobSchedule.TimesOf(job)) => JobCause.Schedule,
            _ => JobCause.Request,
        };
        var times = await context.Scheduler.GetTrigger(JobSchedule.TimesOf(job), cancellationToken);
        await run.ExecuteAsync(job, cause, context.Scheduler.SchedulerInstanceId, times?.NextFireTimeUtc, cancellationToken);
    }
}
