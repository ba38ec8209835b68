using System.Globalization;
using Travel.Contracts.Schedules;

namespace Travel.Web.Schedules;

internal static class JobWords
{
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    public static string When(JobResponse job) => job switch
    {
        { RunRequestedAt: not null } => "As soon as a worker takes it up",
        { PausedAt: { } since } => $"Paused since {At(since)}",
        { Enabled: false } => "Switched off in the settings",
        { NextRunAt: { } next } => At(next),
        _ => "Not scheduled yet",
    };

    public static string Outcome(JobRunResponse run) => run.Outcome switch
    {
        JobOutcome.Running => "Running",
        JobOutcome.Succeeded => $"Succeeded, {run.Items} {(run.Items == 1 ? "item" : "items")}",
        JobOutcome.Failed => "Failed",
        _ => "Abandoned: its worker died",
    };

    public static string? Duration(JobRunResponse run) => run.Duration?.ToString("0.000 s", CultureInfo.InvariantCulture);

    public static string Cause(JobCause cause) => cause switch
    {
        JobCause.Schedule => "by the clock",
        JobCause.Request => "by hand",
        _ => "in place of a dead worker",
    };
}
