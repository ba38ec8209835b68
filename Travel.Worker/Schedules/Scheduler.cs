using Microsoft.Extensions.Options;
using Quartz;
using Travel.Domain.Schedules;

namespace Travel.Worker.Schedules;

/// <summary>Runs Quartz for as long as the process runs: starts it when the database is there, and stops it when what it runs has ended.</summary>
internal sealed partial class Scheduler(
    ISchedulerFactory factory,
    JobSchedule schedule,
    IServiceScopeFactory scopes,
    IOptions<SchedulesOptions> options,
    TimeProvider clock,
    ILogger<Scheduler> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private IScheduler? running;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (running is not null)
        {
            await running.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.Value.LookEvery;
            try
            {
                running ??= await StartQuartzAsync(stoppingToken);
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<RequestedRuns>().TakeUpAsync(running, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.WillTryAgain(logger, exception, RetryAfter);
                pause = RetryAfter;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IScheduler> StartQuartzAsync(CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        await schedule.ApplyAsync(scheduler, cancellationToken);
        await scheduler.Start(cancellationToken);
        Log.Started(logger, scheduler.SchedulerInstanceId, Jobs.All.Count);
        return scheduler;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Scheduler {Instance} runs, with {Jobs} jobs")]
        public static partial void Started(ILogger logger, string instance, int jobs);

        [LoggerMessage(LogLevel.Warning, "The schedule cannot be read; trying again after {Pause}")]
        public static partial void WillTryAgain(ILogger logger, Exception exception, TimeSpan pause);
    }
}
