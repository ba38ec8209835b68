using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Accounts;

/// <summary>Forgets sessions that nobody can go on with: none of their refresh tokens is left, and their last access token has long expired.</summary>
public sealed class PruneSessions(TravelDbContext db, TimeProvider clock)
{
    // Longer than any access token lives.
    private static readonly TimeSpan Idle = TimeSpan.FromDays(1);

    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var lastUsed = clock.GetUtcNow() - Idle;
        return db.Sessions
            .Where(session => session.LastUsedAt < lastUsed && !db.RefreshTokens.Any(token => token.FamilyId == session.Id))
            .OrderBy(session => session.Id)
            .PruneAsync(cancellationToken);
    }
}
