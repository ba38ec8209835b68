using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Messaging;

/// <summary>
/// One minute of one queue: how many messages lay in it, as a worker saw it once in that minute, and how many went through it, as all
/// processes together have counted. The broker can be asked for the first alone, and for the present alone.
/// </summary>
public sealed class QueueMinute
{
    /// <summary>What waits to be published is a queue as well: <see cref="Ready"/> is the backlog, <see cref="Done"/> what was published.</summary>
    public const string Outbox = "outbox";

    public required string Queue { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null, as the next three, when nobody could look.</summary>
    public long? Ready { get; init; }

    public long? Retrying { get; init; }

    /// <summary>With the broker, or recorded and waiting for a person.</summary>
    public long? Dead { get; init; }

    public long? Consumers { get; init; }
    public long Published { get; init; }
    public long Taken { get; init; }
    public long Done { get; init; }
    public long Retried { get; init; }
    public long GivenUp { get; init; }

    /// <summary>The minute that an instant is in.</summary>
    public static DateTimeOffset Of(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}

internal sealed class QueueMinuteMapping : IEntityTypeConfiguration<QueueMinute>
{
    public void Configure(EntityTypeBuilder<QueueMinute> builder)
    {
        builder.ToTable("queue_minutes");
        builder.HasKey(minute => new { minute.Queue, minute.At });
        builder.Property(minute => minute.Queue).HasMaxLength(100);
        builder.HasIndex(minute => minute.At);
    }
}
