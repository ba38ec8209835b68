using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Travel.Domain.Outbox;

/// <summary>Forgets messages that the broker has had for long, or that were dropped long ago. What is to be published stays, however old.</summary>
public sealed class PruneOutbox(TravelDbContext db, IOptions<OutboxOptions> options, TimeProvider clock)
{
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.KeepPublished;
        return db.Outbox.Where(message => message.PublishedAt < before || message.DroppedAt < before).OrderBy(message => message.Id).PruneAsync(cancellationToken);
    }
}
