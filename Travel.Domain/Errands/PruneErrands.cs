using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Travel.Domain.Errands;

/// <summary>Forgets errands that ended long ago, and their files with them.</summary>
public sealed class PruneErrands(TravelDbContext db, IOptions<ErrandOptions> options, TimeProvider clock)
{
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.Keep;
        return db.Errands.Where(errand => errand.EndedAt < before).OrderBy(errand => errand.EndedAt).PruneAsync(cancellationToken);
    }
}
