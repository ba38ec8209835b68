using Travel.Domain.Operations;

namespace Travel.Domain.Caching;

/// <summary>An operator has what is kept under a tag computed anew: because somebody has changed the database by hand, or to see whether it helps.</summary>
public sealed class FlushTag(TravelDbContext db, TimeProvider clock)
{
    /// <param name="tag">One that <see cref="CacheTags.IsOne"/>.</param>
    /// <param name="actorId">The operator; null when it is the button in the Aspire dashboard.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<bool> ExecuteAsync(string tag, Guid? actorId, CancellationToken cancellationToken) => db.InTransactionAsync(
        async token =>
        {
            var now = clock.GetUtcNow();
            db.Audit.Add(AuditEntry.Of(actorId, "cache-flushed", tag, now));
            db.Touches(now, tag);
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);
}
