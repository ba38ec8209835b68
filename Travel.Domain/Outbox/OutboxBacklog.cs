using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Outbox;

/// <summary>What was promised and is not told yet.</summary>
/// <param name="Lag">How long the oldest of them has been waiting; zero when there is none.</param>
public sealed record OutboxBacklog(long Messages, TimeSpan Lag)
{
    public static async Task<OutboxBacklog> MeasureAsync(TravelDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await db.Outbox.Where(row => row.PublishedAt == null)
            .GroupBy(_ => 1)
            .Select(rows => new { Count = rows.LongCount(), Oldest = rows.Min(row => row.CreatedAt) })
            .SingleOrDefaultAsync(cancellationToken);
        return waiting is null ? new OutboxBacklog(0, TimeSpan.Zero) : new OutboxBacklog(waiting.Count, now > waiting.Oldest ? now - waiting.Oldest : TimeSpan.Zero);
    }
}
