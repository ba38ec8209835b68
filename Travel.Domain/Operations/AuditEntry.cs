using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;

namespace Travel.Domain.Operations;

/// <summary>What an operator changed: who, when, what and of what. Written in the transaction of the change; never changed, never deleted.</summary>
public sealed class AuditEntry
{
    public const int ShortestReason = 3;
    public const int LongestReason = 500;
    public const int LongestSubject = 200;

    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null for the buttons of the Aspire dashboard, which know no accounts.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>What was done, as a stable name: <c>job-paused</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: a name or an id.</summary>
    public required string Subject { get; init; }

    /// <summary>What the operator gave as the reason, where one is asked for.</summary>
    public string? Reason { get; init; }

    /// <returns>What is wrong with a reason where one is asked for; null when nothing is.</returns>
    public static string? ErrorOf(string reason) => reason.Trim().Length < ShortestReason || reason.Length > LongestReason || !PlainText.IsText(reason)
        ? $"Between {ShortestReason} and {LongestReason} characters."
        : null;

    public static AuditEntry Of(Guid? actorId, string action, string subject, DateTimeOffset now, string? reason = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        At = now,
        ActorId = actorId,
        Action = action,
        Subject = PlainText.Beginning(subject, LongestSubject),
        Reason = reason,
    };
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Action).HasMaxLength(60);
        builder.Property(entry => entry.Subject).HasMaxLength(AuditEntry.LongestSubject);
        builder.Property(entry => entry.Reason).HasMaxLength(AuditEntry.LongestReason);
    }
}
