using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Travel.Domain;
using Travel.Domain.Messaging;
using Travel.Domain.Outbox;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Outbox;

/// <summary>The relay on an outbox of its own and the graph's RabbitMQ, with a queue that nobody takes from.</summary>
[Collection(TravelGraph.Outages)]
public sealed class OutboxRelayTests(TravelGraph graph) : IAsyncLifetime
{
    private const string Wanted = "test.wanted";
    private const string Unwanted = "test.unwanted";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SetClock clock = new(BookingHouse.Now);
    private TravelDbContext db = null!;
    private IConnection connection = null!;
    private IChannel channel = null!;
    private string queue = null!;

    public async Task InitializeAsync()
    {
        db = await SeededDatabase.EmptyAsync(graph, $"outbox_{Guid.NewGuid():N}");
        connection = await graph.BrokerAsync();
        channel = await connection.CreateChannelAsync();
        await Topology.DeclareAsync(channel, CancellationToken.None);
        queue = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(queue, Topology.Events, Wanted);
    }

    public async Task DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
        await db.Database.EnsureDeletedAsync();
        await db.DisposeAsync();
    }

    [Fact]
    public async Task What_no_queue_wants_waits_with_the_reason_and_lets_the_others_pass()
    {
        await WriteAsync(Unwanted, 3);
        await WriteAsync(Wanted, 2);
        await using var broker = await graph.OwnBrokerAsync();
        await using var publisher = new OutboxPublisher(broker);

        (await PublishAsync(publisher, size: 3)).ShouldBe(3);
        (await PublishAsync(publisher, size: 3)).ShouldBe(2);
        (await PublishAsync(publisher, size: 3)).ShouldBe(0);

        (await PublishedAsync()).ShouldBe(2);
        var waiting = await db.Outbox.AsNoTracking().Where(row => row.PublishedAt == null).ToListAsync();
        waiting.Select(row => (row.RoutingKey, row.Attempts, row.NotBefore, row.LastError)).Distinct()
            .ShouldBe([(Unwanted, 1, clock.Now.AddSeconds(2), "No queue wants it.")]);

        clock.Pass(TimeSpan.FromSeconds(2));
        await channel.QueueBindAsync(queue, Topology.Events, Unwanted);
        (await PublishAsync(publisher, size: 3)).ShouldBe(3);
        (await PublishedAsync()).ShouldBe(5);
        (await channel.MessageCountAsync(queue)).ShouldBe(5u);
    }

    [Fact]
    public async Task What_an_operator_wants_tried_waits_no_longer_and_what_is_dropped_is_never_published()
    {
        await WriteAsync(Unwanted, 3);
        await using var broker = await graph.OwnBrokerAsync();
        await using var publisher = new OutboxPublisher(broker);
        (await PublishAsync(publisher, size: 3)).ShouldBe(3);
        var ids = await db.Outbox.Select(row => row.Id).ToListAsync();
        await channel.QueueBindAsync(queue, Topology.Events, Unwanted);

        var tryAgain = new TryRefusedMessage(db, new OutboxSignal(), clock);
        (await tryAgain.ExecuteAsync(ids[0], Guid.NewGuid(), CancellationToken.None)).ShouldBe(SettleRefusedOutcome.Settled);
        (await new DropRefusedMessage(db, clock).ExecuteAsync(ids[1], Guid.NewGuid(), "It was a test.", CancellationToken.None)).ShouldBe(SettleRefusedOutcome.Settled);
        (await PublishAsync(publisher, size: 3)).ShouldBe(1);
        clock.Pass(TimeSpan.FromHours(1));
        (await PublishAsync(publisher, size: 3)).ShouldBe(1);

        (await db.Outbox.Where(row => row.PublishedAt == null).Select(row => row.Id).ToListAsync()).ShouldBe([ids[1]]);
        (await channel.MessageCountAsync(queue)).ShouldBe(2u);
        (await OutboxBacklog.MeasureAsync(db, clock.Now, CancellationToken.None)).Messages.ShouldBe(0);
        (await tryAgain.ExecuteAsync(ids[0], Guid.NewGuid(), CancellationToken.None)).ShouldBe(SettleRefusedOutcome.SettledBefore);
    }

    [Fact]
    public async Task However_many_relays_with_however_many_lanes_there_are_each_message_is_published_once()
    {
        const int Messages = 3000;
        await WriteAsync(Wanted, Messages);

        await using (var one = await RelayAsync())
        await using (var another = await RelayAsync())
        {
            await Eventually.GetAsync(PublishedAsync, published => published == Messages, Patience, "Everything published");
        }

        (await IdsInQueueAsync()).Count.ShouldBe(Messages);
    }

    [Fact]
    public async Task A_relay_that_is_asked_to_stop_notes_what_it_has_published()
    {
        const int Messages = 20_000;
        const int Batch = 5000;
        await WriteAsync(Wanted, Messages);

        await using (await RelayAsync(Batch))
        {
            // The first of a batch are in the queue long before its last are confirmed.
            await Eventually.GetAsync(() => channel.MessageCountAsync(queue), there => there > 0, Patience, "A batch under way");
        }

        var published = await PublishedAsync();
        published.ShouldBeInRange(Batch, Messages - 1);
        (await channel.MessageCountAsync(queue)).ShouldBe((uint)published);
    }

    [Fact]
    public async Task With_an_alarm_of_the_broker_no_row_stays_locked_and_all_are_published_after_it()
    {
        const int Messages = 20;
        await using var relay = await RelayAsync(confirmWithin: TimeSpan.FromSeconds(2));
        await using (await graph.BrokerAlarmAsync())
        {
            await WriteAsync(Wanted, Messages);
            await Eventually.GetAsync(FreeAsync, free => free == 0, Patience, "A batch under way");
            await Eventually.GetAsync(FreeAsync, free => free == Messages, Patience, "The rows let go");
        }

        await Eventually.GetAsync(PublishedAsync, published => published == Messages, Patience, "Everything published");
        (await channel.MessageCountAsync(queue)).ShouldBeGreaterThanOrEqualTo((uint)Messages);
    }

    /// <summary>How many rows nobody has locked.</summary>
    private Task<int> FreeAsync() => db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM (SELECT FROM outbox_messages FOR UPDATE SKIP LOCKED) free").CountAsync();

    private Task<int> PublishAsync(OutboxPublisher publisher, int size) =>
        new PublishBatch(db, clock, NullLogger<PublishBatch>.Instance).ExecuteAsync(publisher, size, DateTimeOffset.MaxValue, CancellationToken.None);

    private Task<int> PublishedAsync() => db.Outbox.CountAsync(row => row.PublishedAt != null);

    private Task<int> WriteAsync(string routingKey, int messages) => db.Database.ExecuteSqlAsync(
        $$"""
        INSERT INTO outbox_messages (id, routing_key, body, created_at)
        SELECT gen_random_uuid(), {{routingKey}}, '{}', {{clock.Now.AddHours(-1)}} FROM generate_series(1, {{messages}})
        """);

    private async Task<HashSet<string>> IdsInQueueAsync()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var messages = await channel.MessageCountAsync(queue);
        for (var message = 0; message < messages; message++)
        {
            ids.Add((await channel.BasicGetAsync(queue, autoAck: true)).ShouldNotBeNull().BasicProperties.MessageId.ShouldNotBeNull()).ShouldBeTrue();
        }

        return ids;
    }

    /// <summary>A process that does nothing but relay; asked to stop when it is disposed of.</summary>
    private async Task<RunningRelay> RelayAsync(int batch = 100, TimeSpan? confirmWithin = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var broker = await graph.OwnBrokerAsync(confirmWithin);
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(broker);
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddOptions<OutboxOptions>().Configure(options => (options.SmallestBatch, options.LargestBatch) = (batch, batch));
        builder.Services.AddScoped<PublishBatch>();
        builder.Services.AddDbContext<TravelDbContext>(options => options.UseNpgsql(db.Database.GetConnectionString()));
        builder.Services.AddHostedService<OutboxRelay>();
        var host = builder.Build();
        await host.StartAsync();
        return new RunningRelay(host, broker);
    }

    private sealed class RunningRelay(IHost host, Broker broker) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
            await broker.DisposeAsync();
        }
    }
}
