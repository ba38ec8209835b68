using Microsoft.EntityFrameworkCore;
using Travel.Domain.Caching;

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
                // Whatever fails fails as a whole: nobody goes back to the middle.
                db.Database.AutoSavepointsEnabled = false;
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                var result = await work(token);
                await db.SaveTouchAsync(token);
                // Whoever goes away now still wants it: nobody would know whether it was done.
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            },
            cancellationToken);

    /// <summary>
    /// The same for work that must not see itself as somebody else's when it runs again. A connection can break after the database has
    /// committed and before it said so: <paramref name="isCommittedAsync"/> is asked then, with the result, whether that was so.
    /// </summary>
    public static Task<T> InTransactionAsync<T>(
        this TravelDbContext db,
        Func<CancellationToken, Task<T>> work,
        Func<T, CancellationToken, Task<bool>> isCommittedAsync,
        CancellationToken cancellationToken)
    {
        T result = default!;
        return db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                db.Database.AutoSavepointsEnabled = false;
                result = await work(token);
                await db.SaveTouchAsync(token);
                return result;
            },
            token => isCommittedAsync(result, token),
            cancellationToken);
    }
}
