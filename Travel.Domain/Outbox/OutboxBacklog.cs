using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Outbox;

/// <summary>What was promised and is not told yet.</summary>
/// <param name="Lag">How long the oldest of them has been waiting; zero when there is none.</param>
/// <param name="Refused">How many of them the broker has refused.</param>
public sealed record OutboxBacklog(long Messages, TimeSpan Lag, long Refused)
{
    public static async Task<OutboxBacklog> MeasureAsync(TravelDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await db.Outbox.Waiting()
            .GroupBy(_ => 1)
            .Select(rows => new { Count = rows.LongCount(), Oldest = rows.Min(row => row.CreatedAt), Refused = rows.LongCount(row => row.Attempts > 0) })
            .SingleOrDefaultAsync(cancellationToken);
        return waiting is null
            ? new OutboxBacklog(0, TimeSpan.Zero, 0)
            : new OutboxBacklog(waiting.Count, now > waiting.Oldest ? now - waiting.Oldest : TimeSpan.Zero, waiting.Refused);
    }
}
