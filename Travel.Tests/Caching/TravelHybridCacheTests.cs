using Travel.Domain.Caching;

namespace Travel.Tests.Caching;

/// <summary>One process, with no server: what it computes and for whom.</summary>
public sealed class TravelHybridCacheTests : IAsyncLifetime
{
    private const string Key = "listing:1";
    private const string Page = "listing-pages:1";
    private readonly CachingProcess process = CachingProcess.Alone();
    private int computed;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await process.DisposeAsync();

    [Fact]
    public async Task What_is_computed_once_is_computed_again_only_after_a_change()
    {
        (await NextAsync()).ShouldBe("1");
        (await NextAsync()).ShouldBe("1");
        await process.TouchAsync("of another");
        (await NextAsync()).ShouldBe("1");

        await process.TouchAsync("listing:1");

        (await NextAsync()).ShouldBe("2");
    }

    [Fact]
    public async Task What_a_slow_reader_has_read_before_a_change_is_not_kept_beyond_it()
    {
        var (reading, written) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = process.GetAsync(
            Key,
            async _ =>
            {
                reading.SetResult();
                await written.Task;
                return "of before";
            },
            "listing:1").AsTask();
        await reading.Task;

        await process.TouchAsync("listing:1");
        written.SetResult();

        (await slow).ShouldBe("of before");
        (await process.GetAsync(Key, () => "of now", "listing:1")).ShouldBe("of now");
    }

    [Fact]
    public async Task Who_comes_after_a_change_does_not_wait_for_an_answer_of_before_it()
    {
        var (reading, written) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = process.GetAsync(
            Key,
            async _ =>
            {
                reading.SetResult();
                await written.Task;
                return "of before";
            },
            "listing:1").AsTask();
        await reading.Task;

        await process.TouchAsync("listing:1");
        var after = process.GetAsync(Key, () => "of now", "listing:1").AsTask();
        written.SetResult();

        (await slow).ShouldBe("of before");
        (await after).ShouldBe("of now");
    }

    [Fact]
    public async Task However_many_want_it_at_once_it_is_computed_once()
    {
        var gate = new TaskCompletionSource();
        var wanting = Enumerable.Range(0, 50).Select(_ => Task.Run(() => process.GetAsync(Key, _ => SlowlyAsync(gate.Task), "listing:1").AsTask())).ToList();
        await Task.Delay(50);
        gate.SetResult();

        (await Task.WhenAll(wanting)).Distinct().ShouldBe(["1"]);
        computed.ShouldBe(1);
    }

    [Fact]
    public async Task Who_goes_away_takes_nothing_from_those_who_wait()
    {
        var gate = new TaskCompletionSource();
        using var gone = new CancellationTokenSource();
        CancellationToken computation = default;
        var first = process.Cache.GetOrCreateAsync<string>(
            Key,
            async token =>
            {
                computation = token;
                await gate.Task;
                return "done";
            },
            cancellationToken: gone.Token).AsTask();
        var second = process.GetAsync(Key, () => "another").AsTask();

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        computation.IsCancellationRequested.ShouldBeFalse();
        gate.SetResult();

        (await second).ShouldBe("done");
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_is_cancelled_and_not_kept()
    {
        using var gone = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource();
        var alone = process.Cache.GetOrCreateAsync<string>(
            Key,
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancelled.SetResult();
                token.ThrowIfCancellationRequested();
                return "never";
            },
            cancellationToken: gone.Token).AsTask();

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => alone);
        await cancelled.Task.WaitAsync(CachingProcess.Patience);
        (await NextAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task A_failure_is_told_to_all_who_wait_and_is_not_kept()
    {
        var gate = new TaskCompletionSource();
        var first = process.GetAsync(
            Key,
            async _ =>
            {
                await gate.Task;
                throw new InvalidOperationException("The database is away.");
            }).AsTask();
        var second = process.GetAsync(Key, () => "another").AsTask();

        gate.SetResult();

        await Should.ThrowAsync<InvalidOperationException>(() => first);
        await Should.ThrowAsync<InvalidOperationException>(() => second);
        (await NextAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task That_there_is_nothing_is_not_kept()
    {
        (await process.GetAsync(Key, () => null, "listing:1")).ShouldBeNull();
        (await NextAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task Everybody_has_a_copy_of_their_own()
    {
        var first = await ListAsync();
        first.Add("mine");

        (await ListAsync()).ShouldBe(["shared"]);

        ValueTask<List<string>> ListAsync() => process.Cache.GetOrCreateAsync<List<string>>("listing:list", _ => ValueTask.FromResult<List<string>>(["shared"]));
    }

    [Fact]
    public async Task Without_servers_nothing_is_older_than_five_seconds()
    {
        var level = TimeSpan.FromSeconds(2);
        (await PageAsync()).ShouldBe("1");
        process.Clock.Pass(level - TimeSpan.FromMilliseconds(1));
        (await NextAsync()).ShouldBe("1");
        await process.Cache.RemoveAsync(Page);
        (await PageAsync()).ShouldBe("1");
        process.Clock.Pass(level - TimeSpan.FromMilliseconds(1));
        (await PageAsync()).ShouldBe("1");

        process.Clock.Pass(TimeSpan.FromMilliseconds(2));

        (await PageAsync()).ShouldBe("2");

        // Made of a result, as answers are.
        ValueTask<string?> PageAsync() => process.Cache.GetOrCreateAsync(Page, async _ => await NextAsync(), tags: ["listing:1"]);
    }

    private ValueTask<string?> NextAsync() => process.GetAsync(Key, () => $"{++computed}", "listing:1");

    private async ValueTask<string?> SlowlyAsync(Task gate)
    {
        var mine = Interlocked.Increment(ref computed);
        await gate;
        return $"{mine}";
    }
}
