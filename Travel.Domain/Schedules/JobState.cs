using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Schedules;

/// <summary>
/// Where Worker and operators meet over a job: the Worker writes when it runs next, an operator that it is to pause or to run now. There
/// is no row before either has something to say.
/// </summary>
public sealed class JobState
{
    public required string Name { get; init; }

    /// <summary>As the Worker that scheduled it last was told by its settings.</summary>
    public string? Cron { get; init; }

    public string? TimeZone { get; init; }
    public bool? Enabled { get; init; }
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>While it is set the clock starts no run; a request still does.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    public Guid? PausedBy { get; init; }

    /// <summary>Somebody wants a run, and no Worker has taken that up yet. Asking twice is asking once.</summary>
    public DateTimeOffset? RunRequestedAt { get; init; }
}

internal sealed class JobStateMapping : IEntityTypeConfiguration<JobState>
{
    public void Configure(EntityTypeBuilder<JobState> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(job => job.Name);
        builder.Property(job => job.Name).HasMaxLength(60);
        builder.Property(job => job.Cron).HasMaxLength(120);
        builder.Property(job => job.TimeZone).HasMaxLength(60);
    }
}
