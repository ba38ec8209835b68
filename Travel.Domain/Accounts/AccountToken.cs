using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Accounts;

public enum AccountTokenPurpose { VerifyAddress, ResetPassword }

/// <summary>
/// The secret of a link in a mail: whoever has it reads the mail of that address. Good once, for one purpose, for a time, and only until
/// the account's password changes (its security stamp does then).
/// </summary>
public sealed class AccountToken
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required AccountTokenPurpose Purpose { get; init; }

    /// <summary>See <see cref="SecretToken"/>.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>The user's when the token was made.</summary>
    public required string SecurityStamp { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }

    public static (AccountToken Row, string Token) Issue(User user, AccountTokenPurpose purpose, TimeSpan lifetime, DateTimeOffset now)
    {
        var token = SecretToken.New();
        var row = new AccountToken
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Purpose = purpose,
            TokenHash = SecretToken.HashOf(token),
            SecurityStamp = user.SecurityStamp ?? throw new InvalidOperationException("An account without a security stamp gets no links."),
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        return (row, token);
    }
}

public static class AccountTokens
{
    /// <summary>Whose token this is, as long as it is good for this purpose; it stays so.</summary>
    public static IQueryable<User> OwnerOf(this TravelDbContext db, string token, AccountTokenPurpose purpose, DateTimeOffset now)
    {
        var hash = SecretToken.HashOf(token);
        return db.Users.Where(user => db.AccountTokens.Any(row =>
            row.TokenHash == hash && row.Purpose == purpose && row.UsedAt == null && row.ExpiresAt > now
            && row.UserId == user.Id && row.SecurityStamp == user.SecurityStamp));
    }

    /// <summary>Uses the token up, in one conditional update: of two that come with it at once, one succeeds.</summary>
    /// <returns>Whose it was; null when it was not good for this purpose any more.</returns>
    public static async Task<Guid?> UseTokenAsync(
        this TravelDbContext db, string token, AccountTokenPurpose purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = SecretToken.HashOf(token);
        var name = purpose.ToString();
        var owners = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE account_tokens SET used_at = {now}
            FROM users
            WHERE token_hash = {hash} AND purpose = {name} AND used_at IS NULL AND expires_at > {now}
                AND users.id = user_id AND users.security_stamp = account_tokens.security_stamp
            RETURNING user_id AS "Value"
            """).ToListAsync(cancellationToken);
        return owners is [var userId] ? userId : null;
    }

    /// <summary>Whether somebody has used it.</summary>
    public static Task<bool> IsUsedAsync(this TravelDbContext db, string token, CancellationToken cancellationToken)
    {
        var hash = SecretToken.HashOf(token);
        return db.AccountTokens.AnyAsync(row => row.TokenHash == hash && row.UsedAt != null, cancellationToken);
    }
}

internal sealed class AccountTokenMapping : IEntityTypeConfiguration<AccountToken>
{
    public void Configure(EntityTypeBuilder<AccountToken> builder)
    {
        builder.ToTable("account_tokens");
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.Property(token => token.Purpose).HasConversion<string>().HasMaxLength(20);
        builder.Property(token => token.SecurityStamp).HasMaxLength(64);
        builder.HasIndex(token => token.TokenHash).IsUnique();
        builder.HasIndex(token => token.UserId);
        builder.HasIndex(token => token.ExpiresAt);
        builder.HasOne<User>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
