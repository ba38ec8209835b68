using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Bookings;

/// <summary>One line of a booking's history: what happened, when, by whom and why. Never changed, never deleted; of a person who is erased the words are.</summary>
public sealed class TimelineEntry
{
    public const int LongestReason = 1000;

    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, as a stable name: <c>confirmed</c>, <c>mail-sent</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The person who did it; null when Travel did it by itself.</summary>
    public Guid? ActorId { get; init; }

    public string? Reason { get; init; }

    public static TimelineEntry Of(Guid bookingId, string @event, Guid? actorId, string? reason, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        BookingId = bookingId,
        At = now,
        Event = @event,
        ActorId = actorId,
        Reason = reason,
    };
}

internal sealed class TimelineEntryMapping : IEntityTypeConfiguration<TimelineEntry>
{
    public void Configure(EntityTypeBuilder<TimelineEntry> builder)
    {
        builder.ToTable("booking_timeline");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Event).HasMaxLength(50);
        builder.Property(entry => entry.Reason).HasMaxLength(TimelineEntry.LongestReason);
        builder.HasIndex(entry => new { entry.BookingId, entry.Id });
    }
}
