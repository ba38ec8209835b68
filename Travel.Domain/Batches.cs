namespace Travel.Domain;

internal static class Batches
{
    /// <summary>Goes through rows in the order of their ids, some at a time, each once whatever the work makes of them.</summary>
    /// <param name="nextAsync">Those after an id, which is empty at first; none at the end.</param>
    /// <returns>What the work came to in all.</returns>
    public static async Task<int> SumAsync<TRow>(Func<Guid, Task<List<TRow>>> nextAsync, Func<TRow, Guid> idOf, Func<List<TRow>, Task<int>> workAsync)
    {
        var (sum, after) = (0, Guid.Empty);
        while (await nextAsync(after) is [.., var last] rows)
        {
            sum += await workAsync(rows);
            after = idOf(last);
        }

        return sum;
    }
}
