using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts.Operations;
using Travel.Domain.Bookings;

namespace Travel.Domain.Mail;

/// <summary>
/// A mail that an event calls for, and its fate. There is one row per event and kind, whoever and however often the event is delivered:
/// this row is the consumer's inbox.
/// </summary>
public sealed class MailMessage
{
    public const int LongestError = 1000;

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

    /// <summary>When the broker brings it back; null when nothing has gone wrong, or nobody knows.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>What went wrong last, or why it was not sent at all.</summary>
    public string? LastError { get; init; }

    /// <summary>The mail that an operator wanted sent once more; null for one that an event called for.</summary>
    public Guid? ResendOf { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Nobody has tried it yet, a sender has it at this moment, or the broker is to bring it back.</summary>
    public bool IsOnItsWay(DateTimeOffset now) =>
        Status is MailStatus.Queued or MailStatus.Deferred && (Attempts == 0 || LeasedUntil > now || NextAttemptAt > now);
}

internal sealed class MailMessageMapping : IEntityTypeConfiguration<MailMessage>
{
    public void Configure(EntityTypeBuilder<MailMessage> builder)
    {
        builder.ToTable("mails");
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder.Property(mail => mail.Kind).HasMaxLength(50);
        builder.Property(mail => mail.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(mail => mail.LastError).HasMaxLength(MailMessage.LongestError);
        builder.HasIndex(mail => new { mail.EventId, mail.Kind }).IsUnique();
        builder.HasIndex(mail => mail.BookingId);
        builder.HasOne<Booking>().WithMany().HasForeignKey(mail => mail.BookingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<MailMessage>().WithMany().HasForeignKey(mail => mail.ResendOf).OnDelete(DeleteBehavior.SetNull);
    }
}
