using System.Diagnostics.Metrics;
using Travel.Contracts.Schedules;

namespace Travel.Domain.Schedules;

/// <summary>How the jobs fare. How often each ran is the count of the histogram.</summary>
internal static class JobMetrics
{
    private static readonly Meter Meter = new("Travel.Schedules");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "travel.job.duration", "s", "How long runs of jobs took, by job and outcome.");

    public static void Count(string job, JobOutcome outcome, double seconds) => Duration.Record(
        seconds, new("travel.job.name", job), new("travel.job.outcome", outcome == JobOutcome.Succeeded ? "succeeded" : "failed"));
}
