using Travel.Bench.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bench;

public sealed class PaceTests
{
    [Fact]
    public async Task In_an_open_loop_nobody_waits_for_whoever_began_before_and_it_is_over_when_all_are_done()
    {
        var begun = 0;
        var done = new TaskCompletionSource();

        var pace = Pace.ConstantAsync(3, perSecond: 1000, TimeProvider.System, BeginAsync, CancellationToken.None);

        await Eventually.GetAsync(() => Task.FromResult(begun), all => all == 3, TimeSpan.FromSeconds(10), "All begun");
        pace.IsCompleted.ShouldBeFalse();
        done.SetResult();
        await pace;

        Task BeginAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref begun);
            return done.Task;
        }
    }
}
