using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Travel.Domain.Schedules;

internal static class ScheduleRegistration
{
    public static void AddSchedules(this IServiceCollection services)
    {
        services.AddOptions<SchedulesOptions>().BindConfiguration(SchedulesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<RunJob>();
        services.AddScoped<RequestJobRun>();
        services.AddScoped<PauseJob>();
        foreach (var job in Jobs.All)
        {
            services.TryAddScoped(job.UseCase);
        }
    }
}
