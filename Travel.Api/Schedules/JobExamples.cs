using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Schedules;
using Travel.Domain.Schedules;

namespace Travel.Api.Schedules;

internal static class JobExamples
{
    private static readonly DateTimeOffset Now = ListingExamples.Now;
    private static readonly Job Job = Jobs.Find("expire-holds")!;

    private static readonly JobRunResponse Run = new(
        JobOutcome.Succeeded, JobCause.Schedule, Now, Now.AddMilliseconds(12), 0.012, Items: 1, Error: null, "worker-1");

    private static readonly JobResponse Scheduled = new(
        Job.Name, Job.Description, Job.DefaultCron, "Etc/UTC", Enabled: true, PausedAt: null, NextRunAt: Now.AddSeconds(20), RunRequestedAt: null, Run);

    public static readonly Example Requested = Example.Of(Scheduled with { RunRequestedAt = Now.AddSeconds(5) }, "RequestedJob");

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.PageOf(Scheduled),
        Example.PageOf(Run),
        Example.Of(Scheduled with { PausedAt = Now.AddSeconds(5), NextRunAt = null }, "PausedJob"),
        Requested,
        Example.Of(new PauseJobRequest(true)),
    ];
}
