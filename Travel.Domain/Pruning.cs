using Microsoft.EntityFrameworkCore;

namespace Travel.Domain;

internal static class Pruning
{
    private const int BatchSize = 5000;

    /// <summary>Deletes these rows in batches: no long transaction that others wait for, and what is done stays done when it is cut off.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> PruneAsync<TRow>(this IOrderedQueryable<TRow> rows, CancellationToken cancellationToken)
        where TRow : class
    {
        var pruned = 0;
        int batch;
        do
        {
            batch = await rows.Take(BatchSize).ExecuteDeleteAsync(cancellationToken);
            pruned += batch;
        }
        while (batch == BatchSize);

        return pruned;
    }
}
