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

    [Fact]
    public async Task Flat_out_for_a_time_nothing_begins_after_it_and_what_has_begun_is_done()
    {
        var clock = new SetClock(DateTimeOffset.UnixEpoch);
        var begunAt = new List<DateTimeOffset>();

        await Pace.FlatOutAsync(TimeSpan.FromSeconds(10), atATime: 1, clock, WorkAsync, CancellationToken.None);

        begunAt.ConvertAll(at => (at - DateTimeOffset.UnixEpoch).TotalSeconds).ShouldBe([0, 4, 8]);
        clock.Now.ShouldBe(DateTimeOffset.UnixEpoch.AddSeconds(12));

        async Task WorkAsync(CancellationToken cancellationToken)
        {
            begunAt.Add(clock.Now);
            await Task.Yield();
            clock.Pass(TimeSpan.FromSeconds(4));
        }
    }
}
