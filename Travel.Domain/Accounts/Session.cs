using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Accounts;

public enum SessionEnd
{
    /// <summary>By its owner, here or from another session.</summary>
    SignedOut,

    /// <summary>The password is another one now, changed or reset.</summary>
    PasswordChanged,

    /// <summary>A refresh token came a second time.</summary>
    TokenReused,

    AccountErased,
}

/// <summary>One sign-in and what follows from it: a family of refresh tokens, and the access tokens that carry its id as <c>sid</c>.</summary>
public sealed class Session
{
    public const int LongestUserAgent = 60;

    /// <summary>Also the family of its refresh tokens.</summary>
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>Browser and system in a few words, for its owner to know it by; null when nothing is known.</summary>
    public string? UserAgent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last refresh.</summary>
    public required DateTimeOffset LastUsedAt { get; set; }

    public DateTimeOffset? EndedAt { get; init; }
    public SessionEnd? EndReason { get; init; }

    public static Session Start(Guid userId, string? userAgent, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        UserAgent = userAgent,
        CreatedAt = now,
        LastUsedAt = now,
    };
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.UserAgent).HasMaxLength(Session.LongestUserAgent);
        builder.Property(session => session.EndReason).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(session => new { session.UserId, session.Id });
        builder.HasOne<User>().WithMany().HasForeignKey(session => session.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
