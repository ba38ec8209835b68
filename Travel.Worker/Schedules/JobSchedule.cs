using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;
using Travel.Domain;
using Travel.Domain.Schedules;

namespace Travel.Worker.Schedules;

/// <summary>Brings what Quartz has stored in step with the table of jobs and the settings.</summary>
internal sealed class JobSchedule(IOptionsMonitor<JobOptions> settings, IServiceScopeFactory scopes)
{
    /// <summary>The trigger that starts the job by the clock.</summary>
    public static TriggerKey TimesOf(Job job) => new(job.Name);

    public static JobKey KeyOf(string job) => new(job);

    public async Task ApplyAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        foreach (var job in Jobs.All)
        {
            var options = settings.Get(job.Name);
            var detail = JobBuilder.Create<QuartzJob>()
                .WithIdentity(KeyOf(job.Name))
                .WithDescription(job.Description)
                .StoreDurably()
                .RequestRecovery()
                .Build();
            await scheduler.AddJob(detail, AddJobOptions.Replacing, cancellationToken);
            var next = options.Enabled ? await ScheduleAsync(scheduler, job, options, cancellationToken) : await UnscheduleAsync(scheduler, job, cancellationToken);
            await NoteAsync(job, options, next, cancellationToken);
        }
    }

    private static async Task<DateTimeOffset?> ScheduleAsync(IScheduler scheduler, Job job, JobOptions options, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        // What is as it should be is left alone: replaced, it would forget that a time was missed while no worker lived.
        if (await scheduler.GetTrigger(TimesOf(job), cancellationToken) is ICronTrigger known
            && known.CronExpressionString == options.Cron
            && known.TimeZone.Id == zone.Id
            && known.MisfireInstruction == CronTriggerMisfireInstruction.FireAndProceed)
        {
            return known.NextFireTimeUtc;
        }

        var times = TriggerBuilder.Create()
            .WithIdentity(TimesOf(job))
            .ForJob(KeyOf(job.Name))
            .WithCronSchedule(options.Cron, cron => cron
                .InTimeZone(zone)
                // However many times were missed, one run makes up for them all, at once.
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        return (await scheduler.ScheduleTrigger(times, TriggerConflict.Replace, cancellationToken)).NextFireTimeUtc;
    }

    private static async Task<DateTimeOffset?> UnscheduleAsync(IScheduler scheduler, Job job, CancellationToken cancellationToken)
    {
        await scheduler.UnscheduleJob(TimesOf(job), cancellationToken);
        return null;
    }

    private async Task NoteAsync(Job job, JobOptions options, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TravelDbContext>().Database.ExecuteSqlAsync(
            $"""
            INSERT INTO jobs (name, cron, time_zone, enabled, next_run_at)
            VALUES ({job.Name}, {options.Cron}, {options.TimeZone}, {options.Enabled}, {next})
            ON CONFLICT (name) DO UPDATE
            SET cron = excluded.cron, time_zone = excluded.time_zone, enabled = excluded.enabled, next_run_at = excluded.next_run_at
            """,
            cancellationToken);
    }
}
