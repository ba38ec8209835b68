using System.Net;
using System.Net.Http.Json;
using RabbitMQ.Client;
using Travel.Api.Operations;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain.Messaging;
using Travel.Domain.Schedules;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

[Collection(TravelGraph.Outages)]
public sealed class QueueEndpointsTests(TravelGraph graph, OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Address = "/api/v1/operations/queues";
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_queue_is_seen_with_its_consumers_and_every_worker_that_lives()
    {
        using var caller = await graph.OperatorAsync();

        var seen = await Eventually.GetAsync(() => GetAsync(caller), queues => queues.Items.All(queue => queue.Consumers > 0), AtMost, "All queues consumed");

        seen.IsBrokerThere.ShouldBeTrue();
        seen.Items.Select(queue => queue.Name).ShouldBe(Topology.QueueNames);
        seen.Items.ShouldAllBe(queue => queue.Ready >= 0 && queue.Retrying >= 0 && queue.Dead >= 0);
        seen.Workers.Where(worker => worker.IsAlive).ShouldNotBeEmpty();
        seen.Workers.ShouldAllBe(worker => worker.IsAlive == (seen.At - worker.LastSeenAt <= 2 * new SchedulesOptions().CheckInEvery));
    }

    [Fact]
    public async Task What_goes_through_a_queue_is_counted_and_so_is_what_fails()
    {
        using var caller = await graph.OperatorAsync();
        using var guest = await graph.GuestAsync();
        var mail = Topology.QueuesOf(BookingConfirmed.RoutingKey).First();
        var before = await TotalAsync(caller, mail);
        var published = await TotalAsync(caller, QueueMinute.Outbox);

        await guest.BookedAsync(await graph.Stays.FreeAsync());
        await graph.PublishAsync(mail, new BasicProperties(), Guid.NewGuid().ToByteArray());

        var after = await Eventually.GetAsync(
            () => TotalAsync(caller, mail), now => now.GivenUp > before.GivenUp && now.Done > before.Done && now.Published > before.Published, AtMost, "The counts");
        (after.Taken - before.Taken).ShouldBeGreaterThanOrEqualTo(2);
        // Another process counts these, and writes its counts down at another time.
        await Eventually.GetAsync(() => TotalAsync(caller, QueueMinute.Outbox), now => now.Done > published.Done, AtMost, "What the outbox published");
        await graph.ForgetGarbageAsync();
    }

    [Fact]
    public async Task A_worker_looks_into_the_queues_each_minute()
    {
        using var caller = await graph.OperatorAsync();
        (await graph.CommandAsync(ResourceNames.Worker, DevelopmentCommands.RunJob + "sample-queues")).Success.ShouldBeTrue();

        var history = await Eventually.GetAsync(
            () => caller.GetFromJsonAsync<QueueHistoryResponse>(Address + "/history?hours=1", TravelJson.Options),
            seen => seen!.Items.All(queue => queue.Points.Any(point => point.Ready is not null)), AtMost, "A look into each queue");

        history!.Items.Select(queue => queue.Queue).ShouldBe([.. Topology.QueueNames, QueueMinute.Outbox]);
        history.Items.Where(queue => queue.Queue != QueueMinute.Outbox).ShouldAllBe(queue => queue.Points.Any(point => point.Consumers > 0));
    }

    [Fact]
    public async Task With_RabbitMQ_away_the_rest_is_told_and_what_is_to_be_replayed_waits()
    {
        using var caller = await graph.OperatorAsync();
        await graph.PublishAsync(Topology.QueueNames[0], new BasicProperties(), Guid.NewGuid().ToByteArray());
        var letter = (await Eventually.GetAsync(
            () => caller.GetFromJsonAsync<Page<DeadLetterResponse>>("/api/v1/operations/dead-letters?limit=1", TravelJson.Options), page => page!.Items.Count > 0, AtMost, "A dead letter"))!.Items[0];
        await graph.StopAsync(ResourceNames.Messaging);
        try
        {
            var seen = await GetAsync(caller);

            seen.IsBrokerThere.ShouldBeFalse();
            seen.Items.ShouldAllBe(queue => queue.Ready == null && queue.Retrying == null && queue.Consumers == null);
            seen.Items[0].Dead.ShouldBeGreaterThan(0);
            seen.Workers.ShouldNotBeEmpty();
            using var replay = await caller.PostAsync($"/api/v1/operations/dead-letters/{letter.Id}/replay", content: null);
            await replay.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "broker-away");
            (await caller.GetFromJsonAsync<DeadLetterResponse>($"/api/v1/operations/dead-letters/{letter.Id}", TravelJson.Options))!.State.ShouldBe(DeadLetterState.Waiting);
        }
        finally
        {
            await graph.StartAsync(ResourceNames.Messaging);
            await graph.ForgetGarbageAsync();
        }
    }

    [Fact]
    public async Task Rates_are_those_of_the_last_five_whole_minutes()
    {
        var now = new DateTimeOffset(2030, 1, 1, 12, 0, 40, TimeSpan.Zero);
        var flow = await house.AskAsync(async db =>
        {
            db.QueueMinutes.AddRange(Enumerable.Range(-7, 8).Select(ago => new QueueMinute
            {
                // The one that is running, and those before the five, are far too many.
                Queue = "rates", At = QueueMinute.Of(now).AddMinutes(ago), Done = ago is 0 or < -5 ? 1_000_000 : 60, Taken = ago == -1 ? 30 : 0,
            }));
            await db.SaveChangesAsync();
            return await QueueReads.RatesAsync(db, now, CancellationToken.None);
        });

        flow["rates"].ShouldBe(new QueueReads.Flow(Published: 0, Taken: 30, Done: 300, Retried: 0, GivenUp: 0));
    }

    [Fact]
    public async Task Over_long_spans_a_point_is_the_greatest_depth_and_the_sum_of_what_went_through()
    {
        var now = new DateTimeOffset(2031, 1, 2, 12, 0, 40, TimeSpan.Zero);
        var since = QueueMinute.Of(now).AddHours(-24);
        var queue = Topology.QueueNames[^1];
        var history = await house.AskAsync(async db =>
        {
            // 180 points of eight minutes each.
            db.QueueMinutes.AddRange(
                new QueueMinute { Queue = queue, At = since.AddMinutes(16), Ready = 3, Done = 5 },
                new QueueMinute { Queue = queue, At = since.AddMinutes(20), Ready = 9, Dead = 1, Done = 7 },
                new QueueMinute { Queue = queue, At = since.AddMinutes(23), Done = 1 },
                new QueueMinute { Queue = queue, At = since.AddMinutes(24), Ready = 4, Done = 2 },
                new QueueMinute { Queue = queue, At = since.AddMinutes(-1), Ready = 100, Done = 100 });
            await db.SaveChangesAsync();
            return await QueueReads.HistoryAsync(db, now, hours: 24, CancellationToken.None);
        });

        (history.Since, history.Until, history.MinutesPerPoint).ShouldBe((since, now, 8));
        history.Items.Single(item => item.Queue == queue).Points.ShouldBe(
        [
            new QueuePoint(since.AddMinutes(16), 9, null, 1, null, 0, 0, 13, 0, 0),
            new QueuePoint(since.AddMinutes(24), 4, null, null, null, 0, 0, 2, 0, 0),
        ]);
    }

    [Theory]
    [InlineData("?hours=0", "hours")]
    [InlineData("?hours=169", "hours")]
    [InlineData("?days=1", "days")]
    public async Task Nobody_looks_back_further_than_there_is_something(string query, string field)
    {
        using var answer = await house.Operator.GetAsync(Address + "/history" + query);

        await answer.ShouldBeInvalidAsync(field);
    }

    private static async Task<QueuesResponse> GetAsync(HttpClient caller) => (await caller.GetFromJsonAsync<QueuesResponse>(Address, TravelJson.Options))!;

    /// <summary>Of as long as anything is known.</summary>
    private static async Task<QueuePoint> TotalAsync(HttpClient caller, string queue)
    {
        var history = (await caller.GetFromJsonAsync<QueueHistoryResponse>(Address + "/history?hours=168", TravelJson.Options))!;
        var points = history.Items.Single(item => item.Queue == queue).Points;
        return new QueuePoint(
            history.Until, null, null, null, null, points.Sum(point => point.Published), points.Sum(point => point.Taken), points.Sum(point => point.Done),
            points.Sum(point => point.Retried), points.Sum(point => point.GivenUp));
    }
}
