namespace Travel.Contracts.Schedules;

/// <summary>What made a job run: its time, a person, or the death of the worker that had begun it.</summary>
public enum JobCause { Schedule, Request, Recovery }

/// <summary>What became of a run. Abandoned: its worker died, and another run has begun since.</summary>
public enum JobOutcome { Running, Succeeded, Failed, Abandoned }

/// <summary>A job as an operator sees it.</summary>
/// <param name="Cron">Seconds, minutes, hours, day of month, month, day of week; null until a worker has scheduled it.</param>
/// <param name="TimeZone">IANA zone that <paramref name="Cron"/> is in.</param>
/// <param name="Enabled">False where the settings of the workers switch it off; it can still be run by hand.</param>
/// <param name="PausedAt">Since when an operator has it paused; null when it is not.</param>
/// <param name="NextRunAt">Null while it is paused or not enabled.</param>
/// <param name="RunRequestedAt">Since when somebody waits for it to run; null once it does.</param>
/// <param name="LastRun">Null when it has never run.</param>
public sealed record JobResponse(
    string Name,
    string Description,
    string? Cron,
    string? TimeZone,
    bool? Enabled,
    DateTimeOffset? PausedAt,
    DateTimeOffset? NextRunAt,
    DateTimeOffset? RunRequestedAt,
    JobRunResponse? LastRun);

/// <param name="Duration">In seconds; null while it runs.</param>
/// <param name="Items">How many things it was about; null unless it succeeded.</param>
/// <param name="Error">Null unless it failed.</param>
/// <param name="Worker">Which scheduler instance ran it.</param>
public sealed record JobRunResponse(
    JobOutcome Outcome, JobCause Cause, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, double? Duration, int? Items, string? Error, string Worker);

public sealed record PauseJobRequest(bool Paused);
