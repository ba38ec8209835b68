using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>A refresh token for the next pair of tokens. A token that comes a second time was stolen, or its copy was: its family ends.</summary>
internal sealed partial class RefreshSession(
    TravelDbContext db, AccessTokens accessTokens, IOptions<AccessTokenOptions> options, TimeProvider clock, ILogger<RefreshSession> logger)
{
    /// <returns>Null when the token is unknown, expired, revoked or used before.</returns>
    public Task<SessionResponse?> ExecuteAsync(RefreshSessionRequest request, CancellationToken cancellationToken)
    {
        var hash = RefreshToken.HashOf(request.RefreshToken);
        return db.InTransactionAsync(token => RotateAsync(hash, token), cancellationToken);
    }

    private async Task<SessionResponse?> RotateAsync(byte[] hash, CancellationToken cancellationToken)
    {
        // Locked: of two refreshes with one token exactly one is the first.
        var used = (await db.RefreshTokens
            .FromSql($"SELECT * FROM refresh_tokens WHERE token_hash = {hash} FOR UPDATE")
            .ToListAsync(cancellationToken)).SingleOrDefault();
        var now = clock.GetUtcNow();
        if (used is null || used.RevokedAt is not null || used.ExpiresAt <= now)
        {
            return null;
        }

        if (used.UsedAt is not null)
        {
            Log.Reused(logger, used.FamilyId, used.UserId);
            await db.RefreshTokens.Where(link => link.FamilyId == used.FamilyId && link.RevokedAt == null)
                .ExecuteUpdateAsync(link => link.SetProperty(row => row.RevokedAt, now), cancellationToken);
            return null;
        }

        var user = await db.Users.AsNoTracking().SingleAsync(found => found.Id == used.UserId, cancellationToken);
        var (next, refreshToken) = RefreshToken.Issue(user.Id, used.FamilyId, options.Value.RefreshLifetime, now);
        used.UsedAt = now;
        db.RefreshTokens.Add(next);
        await db.SaveChangesAsync(cancellationToken);
        var (accessToken, expiresAt) = accessTokens.Issue(user);
        return new SessionResponse(accessToken, expiresAt, refreshToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A refresh token of family {FamilyId} was used twice; all sessions of the family of user {UserId} are ended")]
        public static partial void Reused(ILogger logger, Guid familyId, Guid userId);
    }
}
