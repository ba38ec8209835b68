using System.Diagnostics;

namespace Travel.Bench.Measures;

/// <summary>
/// The wall clock of one moment and what the machine's monotonic clock has counted since: differences are right whatever somebody sets the
/// wall clock to.
/// </summary>
internal sealed class SteadyClock : TimeProvider
{
    private readonly DateTimeOffset startedAt = System.GetUtcNow();
    private readonly long started = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => startedAt + Stopwatch.GetElapsedTime(started);
}
