using System.Diagnostics;

namespace Travel.Tests.Fixtures;

/// <summary>Waits for what must come to be true; fails with what was seen last when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public static async Task<T> GetAsync<T>(Func<Task<T>> look, Func<T, bool> good, TimeSpan atMost, string what)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (good(seen))
            {
                return seen;
            }

            if (watch.Elapsed > atMost)
            {
                throw new TimeoutException($"{what}: not within {atMost.TotalSeconds:F0} s; last seen: {seen}");
            }

            await Task.Delay(Between);
        }
    }
}
