using Microsoft.EntityFrameworkCore;

namespace Travel.Domain;

public static class InTransaction
{
    /// <summary>
    /// Runs <paramref name="work"/> in one transaction and commits it. When the connection breaks the whole of it is tried again,
    /// so it must be repeatable: what it reads and decides it reads and decides anew.
    /// </summary>
    public static Task<T> InTransactionAsync<T>(this TravelDbContext db, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                var result = await work(token);
                await transaction.CommitAsync(token);
                return result;
            },
            cancellationToken);
}
