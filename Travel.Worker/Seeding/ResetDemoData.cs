using Microsoft.EntityFrameworkCore;
using Travel.Domain;
using Travel.Domain.Caching;

namespace Travel.Worker.Seeding;

/// <summary>Forgets everything that has happened and begins again with the demo data. Whoever is signed in has to do so again.</summary>
internal sealed partial class ResetDemoData(TravelDbContext db, SeedDemoData seed, TimeProvider clock, ILogger<ResetDemoData> logger)
{
    /// <summary>What the scheduler knows of its jobs is no demo data.</summary>
    private static readonly string[] Kept = ["jobs", "job_runs"];

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        // All at once, so that no foreign key is in the way; and not for ever behind somebody's long transaction.
        var truncate = "TRUNCATE TABLE " + string.Join(", ", db.Model.GetRelationalModel().Tables.Select(table => table.Name).Except(Kept).Select(table => $"\"{table}\""));
        Log.Forgetting(logger);
        await db.InTransactionAsync(
            async token =>
            {
                await db.Database.ExecuteSqlRawAsync("SET LOCAL lock_timeout = '10s'", token);
                var truncated = await db.Database.ExecuteSqlRawAsync(truncate, token);
                db.Touches(clock.GetUtcNow(), CacheTags.Everything);
                return truncated;
            },
            cancellationToken);
        await seed.ExecuteAsync(cancellationToken);
        db.Touches(clock.GetUtcNow(), CacheTags.Everything);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "All data is being deleted and the demo data loaded again, as asked for in the dashboard")]
        public static partial void Forgetting(ILogger logger);
    }
}
