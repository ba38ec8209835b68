namespace Travel.Bench.Bookings;

/// <summary>How work is handed out.</summary>
internal static class Pace
{
    /// <summary>
    /// An open loop: begins each piece at its moment, whether those before it are done or not, so that whoever is slow is measured as slow.
    /// Returns when all are done.
    /// </summary>
    /// <param name="perSecond">How many begin in a second.</param>
    public static async Task ConstantAsync(int count, double perSecond, TimeProvider clock, Func<CancellationToken, Task> beginAsync, CancellationToken cancellationToken)
    {
        var begun = clock.GetUtcNow();
        var work = new List<Task>(count);
        for (var number = 0; number < count; number++)
        {
            var wait = begun + TimeSpan.FromSeconds(number / perSecond) - clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }

            work.Add(beginAsync(cancellationToken));
        }

        await Task.WhenAll(work);
    }

    /// <summary>A closed loop: so many at a time, each of which begins the next piece when it is done with one.</summary>
    public static Task FlatOutAsync(int count, int atATime, Func<CancellationToken, Task> beginAsync, CancellationToken cancellationToken) => Parallel.ForAsync(
        0,
        count,
        new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = cancellationToken },
        async (_, token) => await beginAsync(token));

    /// <summary>The same for so long: nothing begins after that time, and what has begun is waited for.</summary>
    public static Task FlatOutAsync(TimeSpan time, int atATime, TimeProvider clock, Func<CancellationToken, Task> beginAsync, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + time;
        return FlatOutAsync(atATime, atATime, LoopAsync, cancellationToken);

        async Task LoopAsync(CancellationToken token)
        {
            while (clock.GetUtcNow() < until)
            {
                await beginAsync(token);
            }
        }
    }
}
