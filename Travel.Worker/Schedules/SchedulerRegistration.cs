using Npgsql;
using Quartz;
using Travel.Contracts;
using Travel.Domain.Schedules;

namespace Travel.Worker.Schedules;

internal static class SchedulerRegistration
{
    /// <summary>
    /// Quartz with its store in PostgreSQL, shared by all workers: each time of a job is run by one of them, and what a dead one was
    /// running by another. Its hosted service is not used, because it gives up when the database is away at the start.
    /// </summary>
    public static void AddScheduler(this WebApplicationBuilder builder)
    {
        var database = builder.Configuration.GetConnectionString(ResourceNames.Database);
        var checkInEvery = (builder.Configuration.GetSection(SchedulesOptions.Section).Get<SchedulesOptions>() ?? new()).CheckInEvery;
        builder.Services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "travel";
                scheduler.GenerateInstanceId = true;
                // The RootSampler's word on traces is the only one.
                scheduler.PropagateTraceContext = false;
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, database ?? throw new InvalidOperationException($"There is no connection string '{ResourceNames.Database}'."));
                store.ConfigureStore(options => options.TablePrefix = "qrtz_");
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = checkInEvery;
                    cluster.CheckinMisfireThreshold = checkInEvery;
                });
            });
        });
        foreach (var job in Jobs.All)
        {
            builder.Services.AddOptions<JobOptions>(job.Name)
                .Configure(options => options.Cron = job.DefaultCron)
                .BindConfiguration($"{SchedulesOptions.Section}:{job.Setting}")
                .Validate(options => options.HasCron, $"Schedules:{job.Setting}:Cron is not a cron expression with seconds, as '0 10 3 * * ?'.")
                .Validate(options => options.HasZone, $"Schedules:{job.Setting}:TimeZone is not an IANA time zone, as 'Africa/Addis_Ababa'.")
                .ValidateOnStart();
        }

        builder.Services.AddScoped<QuartzJob>();
        builder.Services.AddScoped<RequestedRuns>();
        builder.Services.AddSingleton<JobSchedule>();
        builder.Services.AddHostedService<Scheduler>();
    }
}
