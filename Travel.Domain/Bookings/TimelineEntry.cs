using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Bookings;

/// <summary>One line of a booking's history: what happened, when, by whom and why. Never changed, never deleted; of a person who is erased the words are.</summary>
public sealed class TimelineEntry
{
    public const int LongestReason = 1000;

    /// <summary>In the order of their ids the entries of a booking are in the order in which they were recorded.</summary>
    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, as a stable name: <c>confirmed</c>, <c>mail-sent</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The person who did it; null when Travel did it by itself.</summary>
    public Guid? ActorId { get; init; }

    public string? Reason { get; init; }

    /// <param name="version">The booking's, which the entry tells of; null when it tells of no change of it.</param>
    public static TimelineEntry Of(Guid bookingId, string @event, Guid? actorId, string? reason, DateTimeOffset now, int? version = null) => new()
    {
        Id = IdOf(now, version),
        BookingId = bookingId,
        At = now,
        Event = @event,
        ActorId = actorId,
        Reason = reason,
    };

    /// <summary>
    /// A version 7 UUID tells apart milliseconds, and one turn may record more than one entry. The twelve bits after the time say which
    /// was first (RFC 9562, 6.2, method 1); whatever is no change of the booking comes after those that are.
    /// </summary>
    public static Guid IdOf(DateTimeOffset now, int? version = null)
    {
        const int Last = 0xFFF;
        var order = Math.Min(version ?? Last, Last);
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(id, bigEndian: true, out _);
        (id[6], id[7]) = ((byte)(0x70 | (order >> 8)), (byte)order);
        return new Guid(id, bigEndian: true);
    }
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
