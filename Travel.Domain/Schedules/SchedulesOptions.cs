using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Schedules;

/// <summary>What all jobs have in common. Section <c>Schedules</c>; each job has a section of its own below it.</summary>
public sealed class SchedulesOptions
{
    public const string Section = "Schedules";

    /// <summary>How often a worker looks for jobs that somebody wants to run now. One second by default: a person waits.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often a worker says that it lives. One that is silent for twice as long is taken for dead, and what it was running is run
    /// again by another. Five seconds by default: longer than any pause of a healthy process.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CheckInEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the runs of jobs are kept. Ninety days by default, a quarter to look back on.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepRuns { get; set; } = TimeSpan.FromDays(90);
}
