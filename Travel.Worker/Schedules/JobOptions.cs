using Quartz;

namespace Travel.Worker.Schedules;

/// <summary>When a job runs. One section for each job below <c>Schedules</c>, named like its use case: <c>Schedules:PruneOutbox</c>.</summary>
internal sealed class JobOptions
{
    /// <summary>Seconds, minutes, hours, day of month, month, day of week, as Quartz has them. The default is in the table of jobs.</summary>
    public string Cron { get; set; } = "";

    /// <summary>IANA zone that <see cref="Cron"/> is in. UTC by default, which has no hour twice or not at all.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    /// <summary>Whether the clock starts it at all; true by default. It can be run by hand either way.</summary>
    public bool Enabled { get; set; } = true;

    public bool HasCron => CronExpression.TryParse(Cron, out _);

    public bool HasZone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _);
}
