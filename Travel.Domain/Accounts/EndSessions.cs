using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Accounts;

public static class EndSessions
{
    /// <summary>
    /// Ends those of these sessions that have not ended: nothing refreshes them any more, and their access tokens, which live on for
    /// minutes, change nothing. To be called in a transaction; sessions are locked before their tokens, as a refresh does.
    /// </summary>
    /// <returns>How many were ended.</returns>
    public static async Task<int> EndSessionsAsync(
        this TravelDbContext db, Expression<Func<Session, bool>> which, SessionEnd why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = await db.Sessions.Where(which).Where(session => session.EndedAt == null).ExecuteUpdateAsync(
            session => session.SetProperty(row => row.EndedAt, now).SetProperty(row => row.EndReason, why), cancellationToken);
        // Also on the tokens, which is where an Api of the version before looks.
        var theirs = db.Sessions.Where(which).Where(session => session.EndedAt != null).Select(session => session.Id);
        await db.RefreshTokens.Where(token => token.RevokedAt == null && theirs.Contains(token.FamilyId))
            .ExecuteUpdateAsync(token => token.SetProperty(row => row.RevokedAt, now), cancellationToken);
        return ended;
    }
}
