using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Idempotency;

/// <summary>Forgets answers that nobody will ask for again. The same key is another request from then on.</summary>
public sealed class PruneIdempotencyKeys(TravelDbContext db, TimeProvider clock)
{
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - IdempotentRequest.KeptFor;
        return db.IdempotencyKeys.Where(key => key.CreatedAt < before).OrderBy(key => key.CreatedAt).PruneAsync(cancellationToken);
    }
}
