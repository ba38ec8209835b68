using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>A refresh token for the next pair of tokens. A token that comes a second time was stolen, or its copy was: its session ends.</summary>
internal sealed partial class RefreshSession(
    TravelDbContext db, AccessTokens accessTokens, IOptions<AccessTokenOptions> options, TimeProvider clock, ILogger<RefreshSession> logger)
{
    /// <returns>Null when the token is unknown, expired or used before, or its session has ended: whatever the reason, one answer.</returns>
    public Task<SessionResponse?> ExecuteAsync(RefreshSessionRequest request, CancellationToken cancellationToken)
    {
        var hash = SecretToken.HashOf(request.RefreshToken);
        return db.InTransactionAsync(token => RotateAsync(hash, token), IsIssuedAsync, cancellationToken);
    }

    /// <summary>Without asking this after a broken connection, the second run would take the first for the thief.</summary>
    private async Task<bool> IsIssuedAsync(SessionResponse? session, CancellationToken cancellationToken)
    {
        if (session is null)
        {
            return false;
        }

        var hash = SecretToken.HashOf(session.RefreshToken);
        return await db.RefreshTokens.AnyAsync(token => token.TokenHash == hash, cancellationToken);
    }

    private async Task<SessionResponse?> RotateAsync(byte[] hash, CancellationToken cancellationToken)
    {
        // Locked, session first: of two refreshes with one token exactly one is the first, and none slips by the end of its session.
        var session = (await db.Sessions
            .FromSql($"SELECT * FROM sessions WHERE id = (SELECT family_id FROM refresh_tokens WHERE token_hash = {hash}) FOR UPDATE")
            .ToListAsync(cancellationToken)).SingleOrDefault();
        var used = (await db.RefreshTokens
            .FromSql($"SELECT * FROM refresh_tokens WHERE token_hash = {hash} FOR UPDATE")
            .ToListAsync(cancellationToken)).SingleOrDefault();
        var now = clock.GetUtcNow();
        if (session is not { EndedAt: null } || used is not { RevokedAt: null } || used.ExpiresAt <= now)
        {
            return null;
        }

        if (used.UsedAt is not null)
        {
            Log.Reused(logger, session.Id, session.UserId);
            await db.EndSessionsAsync(row => row.Id == session.Id, SessionEnd.TokenReused, now, cancellationToken);
            return null;
        }

        var user = await db.Users.AsNoTracking().SingleAsync(found => found.Id == used.UserId, cancellationToken);
        var (next, refreshToken) = RefreshToken.Issue(user.Id, session.Id, options.Value.RefreshLifetime, now);
        used.UsedAt = now;
        session.LastUsedAt = now;
        db.RefreshTokens.Add(next);
        await db.SaveChangesAsync(cancellationToken);
        var (accessToken, expiresAt) = accessTokens.Issue(user, session.Id);
        return new SessionResponse(accessToken, expiresAt, refreshToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A refresh token of session {SessionId} was used twice; the session, of user {UserId}, is ended")]
        public static partial void Reused(ILogger logger, Guid sessionId, Guid userId);
    }
}
