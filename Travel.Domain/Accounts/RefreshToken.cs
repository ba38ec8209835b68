using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Accounts;

/// <summary>
/// One link in a session's chain of refresh tokens. All links of a session share its <see cref="FamilyId"/>;
/// each is good for one refresh, and the second use of any of them ends the family.
/// </summary>
public sealed class RefreshToken
{
    public required Guid Id { get; init; }

    /// <summary>Its <see cref="Session"/>.</summary>
    public required Guid FamilyId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>See <see cref="SecretToken"/>.</summary>
    public required byte[] TokenHash { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The first token of a new session, or the next one of a running session.</summary>
    public static (RefreshToken Row, string Token) Issue(Guid userId, Guid familyId, TimeSpan lifetime, DateTimeOffset now)
    {
        var token = SecretToken.New();
        var row = new RefreshToken
        {
            Id = Guid.CreateVersion7(now),
            FamilyId = familyId,
            UserId = userId,
            TokenHash = SecretToken.HashOf(token),
            IssuedAt = now,
            ExpiresAt = now + lifetime,
        };
        return (row, token);
    }
}

internal sealed class RefreshTokenMapping : IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<RefreshToken> builder)
    {
        builder.ToTable("refresh_tokens");
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.HasIndex(token => token.TokenHash).IsUnique();
        builder.HasIndex(token => token.FamilyId);
        builder.HasOne<User>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Session>().WithMany().HasForeignKey(token => token.FamilyId).OnDelete(DeleteBehavior.Cascade);
    }
}
