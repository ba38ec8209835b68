using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Domain.Bookings;

namespace Travel.Domain.Mail;

public enum MailStatus
{
    /// <summary>Known, not yet tried.</summary>
    Queued,

    /// <summary>The SMTP server took it.</summary>
    Sent,

    /// <summary>Tried in vain; the broker will bring it back.</summary>
    Deferred,

    /// <summary>Given up; waits for a person.</summary>
    Failed,
}

/// <summary>
/// A mail that an event calls for, and its fate. There is one row per event and kind, whoever and however often the event is delivered:
/// this row is the consumer's inbox.
/// </summary>
public sealed class MailMessage
{
    public required Guid Id { get; init; }

    /// <summary>The message on the bus that called for this mail.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Which template: <c>booking-confirmed</c>.</summary>
    public required string Kind { get; init; }

    public required Guid RecipientId { get; init; }
    public Guid? BookingId { get; init; }
    public required MailStatus Status { get; init; }
    public required int Attempts { get; init; }

    /// <summary>Until when one sender has this mail to itself.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }

    public string? LastError { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
}

internal sealed class MailMessageMapping : IEntityTypeConfiguration<MailMessage>
{
    public void Configure(EntityTypeBuilder<MailMessage> builder)
    {
        builder.ToTable("mails");
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder.Property(mail => mail.Kind).HasMaxLength(50);
        builder.Property(mail => mail.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(mail => mail.LastError).HasMaxLength(1000);
        builder.HasIndex(mail => new { mail.EventId, mail.Kind }).IsUnique();
        builder.HasIndex(mail => mail.BookingId);
        builder.HasOne<Booking>().WithMany().HasForeignKey(mail => mail.BookingId).OnDelete(DeleteBehavior.Restrict);
    }
}
