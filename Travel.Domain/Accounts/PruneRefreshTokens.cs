using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Accounts;

/// <summary>Forgets refresh tokens that have expired. Until then even a used one is kept: its second use is how a theft is noticed.</summary>
public sealed class PruneRefreshTokens(TravelDbContext db, TimeProvider clock)
{
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.RefreshTokens.Where(token => token.ExpiresAt < now).OrderBy(token => token.Id).PruneAsync(cancellationToken);
    }
}
