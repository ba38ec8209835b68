using System.Diagnostics;
using Travel.Contracts;
using Travel.Domain.Caching;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Caching;

/// <summary>Processes on one Redis and one RabbitMQ, in health and when these are slow, away, empty or from yesterday.</summary>
[Collection(CacheServers.Collection)]
public sealed class TwoProcessesTests(CacheServers servers) : IAsyncLifetime
{
    private const string Tag = "listing:1";
    private static readonly RedisNames Names = new(new CachingOptions().Prefix);
    private readonly string key = $"listing:{Guid.NewGuid():N}";
    private CachingProcess one = null!;
    private CachingProcess other = null!;
    private CachingProcess? third;
    private string committed = "1";
    private int computed;

    public async Task InitializeAsync()
    {
        one = await CachingProcess.StartAsync(servers);
        other = await CachingProcess.StartAsync(servers);
        // The other's epoch is new to the first.
        await one.HearsAsync();
    }

    public async Task DisposeAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
        if (third is not null)
        {
            await third.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_one_has_computed_the_other_need_not()
    {
        (await ReadAsync(one)).ShouldBe("1");
        (await ReadAsync(other)).ShouldBe("1");
        computed.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_made_in_one_is_seen_in_the_other_within_a_second()
    {
        for (var change = 2; change < 30; change++)
        {
            await ReadAsync(one);
            await ReadAsync(other);
            committed = $"{change}";
            await one.TouchAsync(Tag);
            var since = Stopwatch.StartNew();
            (await ReadAsync(one)).ShouldBe(committed);
            while (await ReadAsync(other) != committed)
            {
                since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
            }
        }
    }

    [Fact]
    public async Task A_hit_in_memory_asks_nobody()
    {
        await ReadAsync(one);
        var before = one.Redis.OperationCount;
        for (var time = 0; time < 1000; time++)
        {
            await ReadAsync(one);
        }

        // It speaks to itself now and then.
        (one.Redis.OperationCount - before).ShouldBeLessThan(100);
        computed.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_slow_reader_stores_after_a_change_counts_for_nobody()
    {
        var (reading, written) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = one.GetAsync(
            key,
            async _ =>
            {
                var seen = committed;
                reading.SetResult();
                await written.Task;
                return seen;
            },
            Tag).AsTask();
        await reading.Task;
        committed = "2";
        await other.TouchAsync(Tag);
        written.SetResult();
        (await slow).ShouldBe("1");

        (await ReadAsync(other)).ShouldBe("2");
        await Eventually.GetAsync(async () => await ReadAsync(one), seen => seen == "2", TimeSpan.FromSeconds(1), "The change");
    }

    [Fact]
    public async Task With_Redis_emptied_answers_are_right_and_computed_anew()
    {
        await ReadAsync(one);
        await one.Redis.GetDatabase().ExecuteAsync("FLUSHALL");
        committed = "2";
        await one.TouchAsync(Tag);

        (await ReadAsync(one)).ShouldBe("2");
        await Eventually.GetAsync(async () => await ReadAsync(other), seen => seen == "2", TimeSpan.FromSeconds(1), "The change");
        (await ReadAsync(await StartedAsync())).ShouldBe("2");
    }

    [Fact]
    public async Task A_Redis_that_comes_back_from_an_old_snapshot_brings_no_old_answer_back()
    {
        await ReadAsync(one);
        var redis = one.Redis.GetDatabase();
        // From here on nothing is written to disk: so it comes back as it is now.
        await redis.ExecuteAsync("CONFIG", "SET", "save", "");
        await redis.ExecuteAsync("SAVE");
        await redis.ExecuteAsync("CONFIG", "SET", "appendonly", "no");
        committed = "2";
        await one.TouchAsync(Tag);
        (await ReadAsync(one)).ShouldBe("2");

        await servers.Processes.KillAsync(ResourceNames.Cache);
        (await ReadAsync(one)).ShouldBe("2");
        await servers.Processes.StartAsync(ResourceNames.Cache);
        await one.HearsAsync();
        await other.HearsAsync();

        (await redis.KeyExistsAsync(Names.Entry(key))).ShouldBeTrue("Else there is nothing that could be wrong.");
        (await ReadAsync(other)).ShouldBe("2");
        (await ReadAsync(one)).ShouldBe("2");
        (await ReadAsync(await StartedAsync())).ShouldBe("2");
    }

    [Fact]
    public async Task An_entry_of_another_run_of_Redis_counts_for_nobody()
    {
        await ReadAsync(one);
        var redis = one.Redis.GetDatabase();
        var epoch = (string)(await redis.StringGetAsync(Names.Epoch))!;
        await redis.StringSetAsync(Names.Epoch, "0000" + epoch);
        var answer = await other.Levels.FindAsync(key, [Tag]);

        answer.Payload.ShouldBeNull();
        answer.Versions.Versions[0].ShouldNotBe("0000" + epoch);
    }

    [Fact]
    public async Task A_slow_Redis_keeps_nobody_waiting_for_long()
    {
        third = await CachingProcess.StartAsync(servers, configure: options => options.RedisTimeout = new CachingOptions().RedisTimeout);
        await third.Redis.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", 3000);
        var since = Stopwatch.StartNew();
        for (var each = 0; each < 20; each++)
        {
            (await third.GetAsync($"{key}:{each}", () => "1", $"listing:{each}")).ShouldBe("1");
        }

        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        await third.HearsAsync();
    }

    [Fact]
    public async Task With_Redis_away_everything_is_answered_and_on_its_return_each_thing_computed_once()
    {
        await ReadAsync(one);
        await servers.Processes.StopAsync(ResourceNames.Cache);
        await one.HearsAsync(hears: false);
        committed = "2";
        await one.TouchAsync(Tag);
        (await ReadAsync(one)).ShouldBe("2");

        await servers.Processes.StartAsync(ResourceNames.Cache);
        await one.HearsAsync();
        await other.HearsAsync();
        computed = 0;
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => ReadAsync(one).AsTask())));

        answers.Distinct().ShouldBe(["2"]);
        computed.ShouldBeLessThanOrEqualTo(1);
        (await ReadAsync(other)).ShouldBe("2");
    }

    [Fact]
    public async Task Who_has_lost_RabbitMQ_keeps_nothing_for_longer_than_five_seconds()
    {
        await ReadAsync(one);
        await servers.Processes.StopAsync(ResourceNames.Messaging);
        await one.HearsAsync(hears: false);
        computed = 0;
        await ReadAsync(one);
        one.Clock.Pass(TimeSpan.FromSeconds(5));
        await ReadAsync(one);

        computed.ShouldBe(1);
        await servers.Processes.StartAsync(ResourceNames.Messaging);
        await one.HearsAsync();
        await other.HearsAsync();
    }

    private async Task<CachingProcess> StartedAsync() => third ??= await CachingProcess.StartAsync(servers);

    private ValueTask<string?> ReadAsync(CachingProcess process) => process.GetAsync(
        key,
        () =>
        {
            Interlocked.Increment(ref computed);
            return committed;
        },
        Tag);
}
