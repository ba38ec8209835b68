namespace Travel.Bench.Servers;

internal static class Waiting
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks again and again.</summary>
    /// <returns>Whether it was so in time.</returns>
    public static async Task<bool> ForAsync(Func<Task<bool>> isSoAsync, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost);
        while (!await isSoAsync())
        {
            if (timeout.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(Between, cancellationToken);
        }

        return true;
    }

    /// <exception cref="TimeoutException">It was not so in time: a bench that waits in vain has failed.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSoAsync, TimeSpan atMost, string what, CancellationToken cancellationToken)
    {
        if (!await ForAsync(isSoAsync, atMost, cancellationToken))
        {
            throw new TimeoutException($"{what}: not within {atMost.TotalSeconds:F0} s.");
        }
    }
}
