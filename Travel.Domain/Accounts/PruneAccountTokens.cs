using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Accounts;

/// <summary>Forgets the links of mails that have expired; used or not, they open nothing any more.</summary>
public sealed class PruneAccountTokens(TravelDbContext db, TimeProvider clock)
{
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.AccountTokens.Where(token => token.ExpiresAt < now).OrderBy(token => token.Id).PruneAsync(cancellationToken);
    }
}
