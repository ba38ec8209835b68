using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts.Schedules;

namespace Travel.Domain.Schedules;

/// <summary>One run of a job, from its start to what came of it.</summary>
public sealed class JobRun
{
    public const int LongestError = 1000;

    public required Guid Id { get; init; }
    public required string Job { get; init; }
    public required JobCause Cause { get; init; }

    /// <summary>The scheduler instance that ran it: host and a number.</summary>
    public required string Worker { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required JobOutcome Outcome { get; init; }

    /// <summary>How many rows, holds, mails … it was about; null unless it succeeded.</summary>
    public int? Items { get; init; }

    public string? Error { get; init; }
}

internal sealed class JobRunMapping : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("job_runs");
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Property(run => run.Job).HasMaxLength(60);
        builder.Property(run => run.Cause).HasConversion<string>().HasMaxLength(20);
        builder.Property(run => run.Worker).HasMaxLength(200);
        builder.Property(run => run.Outcome).HasConversion<string>().HasMaxLength(20);
        builder.Property(run => run.Error).HasMaxLength(JobRun.LongestError);
        builder.HasIndex(run => new { run.Job, run.Id });
        builder.HasIndex(run => run.StartedAt);
    }
}
