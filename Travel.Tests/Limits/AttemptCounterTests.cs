using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Travel.Api.Limits;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Limits;

/// <summary>With Redis away; how the replicas count together is seen in the graph.</summary>
public sealed class AttemptCounterTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly SetClock clock = new(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));
    private readonly ConnectionMultiplexer nowhere = ConnectionMultiplexer.Connect("127.0.0.1:1,abortConnect=false,connectTimeout=200,connectRetry=0");

    public void Dispose() => nowhere.Dispose();

    [Fact]
    public async Task Without_Redis_attempts_are_limited_all_the_same()
    {
        var attempts = Counter();

        var answers = new List<TimeSpan?>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            answers.Add(await attempts.TakeAsync("somebody", 3, Window));
        }

        answers.ShouldBe([null, null, null, Window]);
    }

    [Fact]
    public async Task Everybody_has_attempts_of_their_own()
    {
        var attempts = Counter();
        await attempts.TakeAsync("somebody", 1, Window);

        (await attempts.TakeAsync("somebody", 1, Window)).ShouldNotBeNull();
        (await attempts.TakeAsync("somebody else", 1, Window)).ShouldBeNull();
    }

    [Fact]
    public async Task The_wait_is_what_is_left_of_the_window_and_then_attempts_count_anew()
    {
        var attempts = Counter();
        await attempts.TakeAsync("somebody", 1, Window);

        clock.Now += TimeSpan.FromSeconds(45);
        (await attempts.TakeAsync("somebody", 1, Window)).ShouldBe(TimeSpan.FromSeconds(15));
        clock.Now += TimeSpan.FromSeconds(15);
        (await attempts.TakeAsync("somebody", 1, Window)).ShouldBeNull();
        (await attempts.TakeAsync("somebody", 1, Window)).ShouldBe(Window);
    }

    private AttemptCounter Counter() => new(nowhere, clock, NullLogger<AttemptCounter>.Instance);
}
