namespace Travel.Web.Schedules;

internal static class SchedulesRoom
{
    public static void AddSchedules(this IServiceCollection services) => services.AddTransient<JobsClient>();
}
