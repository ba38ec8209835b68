using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Mail;

/// <summary>What is told by the clock.</summary>
public enum ReminderKind
{
    /// <summary>About a booking, for the day of check-in.</summary>
    CheckIn,

    /// <summary>About a booking, for the day of check-out.</summary>
    Review,

    /// <summary>About a host, for that day.</summary>
    HostDigest,

    /// <summary>About an operator, for the week that begins on that Monday.</summary>
    WeeklyReport,

    /// <summary>About a guest, for their last day here.</summary>
    Missed,
}

/// <summary>
/// That the time of something has come and that it was seen to. There is one row for each, however often a job runs and however many
/// workers race: whoever writes it writes with it the message that tells of it. See <see cref="TellOnce"/>.
/// </summary>
public sealed class Reminder
{
    public required ReminderKind Kind { get; init; }

    /// <summary>The booking or the person.</summary>
    public required Guid AboutId { get; init; }

    public required DateOnly ForOn { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class ReminderMapping : IEntityTypeConfiguration<Reminder>
{
    public void Configure(EntityTypeBuilder<Reminder> builder)
    {
        builder.ToTable("reminders");
        builder.HasKey(reminder => new { reminder.Kind, reminder.AboutId, reminder.ForOn });
        builder.Property(reminder => reminder.Kind).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(reminder => reminder.At);
    }
}
