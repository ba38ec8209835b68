using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using Travel.Bench.Servers;
using Travel.Contracts.Accounts;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;
using Travel.Worker.Messaging;

namespace Travel.Tests.Messaging;

/// <summary>A consumer of the test's own on a queue of the test's own.</summary>
[Collection(TravelGraph.Outages)]
public sealed class QueueConsumerTests(TravelGraph graph) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ConsumerOptions OneAtATime = new() { Concurrency = 1, Prefetch = 10 };
    private static readonly PasswordChanged Message = new(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
    private readonly ConsumerQueue queue = new($"test.{Guid.NewGuid():N}", "Test", []);
    private ConnectionFactory factory = null!;
    private IConnection connection = null!;
    private IChannel channel = null!;

    public async Task InitializeAsync()
    {
        factory = await graph.BrokerFactoryAsync();
        connection = await graph.BrokerAsync();
        channel = await connection.CreateChannelAsync();
        await Topology.DeclareAsync(channel, queue, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await channel.DeleteAsync(queue);
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task What_can_never_be_done_is_dead_at_its_first_attempt()
    {
        await using var consumer = await ConsumeAsync(_ => throw new PoisonException("It is nothing."));

        await graph.PublishAsync(queue.Name, Guid.NewGuid(), Message, attempts: 0);

        await HasAsync(queue.DeadLetters, 1);
        (consumer.Handled.Count, consumer.GivenUp.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task What_fails_waits_for_its_next_attempt_and_is_dead_after_the_last()
    {
        await using var consumer = await ConsumeAsync(_ => throw new InvalidOperationException("It fails."));

        await graph.PublishAsync(queue.Name, Guid.NewGuid(), Message, attempts: 1);
        await graph.PublishAsync(queue.Name, Guid.NewGuid(), Message, attempts: Topology.RetryDelays.Count);

        await HasAsync(queue.RetryAfter(Topology.RetryDelays[1]), 1);
        await HasAsync(queue.DeadLetters, 1);
        consumer.GivenUp.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_given_up_yet_waits_before_it_is_handed_out_again()
    {
        await using var consumer = await ConsumeAsync(_ => throw new InvalidOperationException("It fails."), isAway: true);

        await graph.PublishAsync(queue.Name, Guid.NewGuid(), Message, attempts: Topology.RetryDelays.Count);

        await HasAsync(queue.RetryAfter(Topology.RetryDelays[0]), 1);
        (await channel.MessageCountAsync(queue.DeadLetters)).ShouldBe(0u);
    }

    [Fact]
    public async Task What_is_in_hand_when_the_connection_is_lost_keeps_nobody_waiting()
    {
        var first = Guid.NewGuid();
        var second = Guid.NewGuid();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tries = 0;
        await using var consumer = await ConsumeAsync(_ => Interlocked.Increment(ref tries) == 1 ? goOn.Task : Task.CompletedTask);
        await graph.PublishAsync(queue.Name, first, Message, attempts: 0);
        await Eventually.GetAsync(() => Task.FromResult(consumer.Handled.Count), handled => handled == 1, Patience, "The first message in hand");

        var lost = consumer.LoseConnectionAsync();
        await graph.PublishAsync(queue.Name, second, Message, attempts: 0);

        await Eventually.GetAsync(() => Task.FromResult(consumer.Handled.Contains(second)), handled => handled, Patience, "The second message");
        goOn.SetResult();
        await lost;
        consumer.Handled.Count(id => id == first).ShouldBe(2);
    }

    [Fact]
    public async Task With_an_alarm_of_the_broker_what_is_done_is_acknowledged_and_what_failed_is_tried_again_after_it()
    {
        const int Messages = 6;
        var tries = 0;
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var message = 0; message < Messages; message++)
        {
            await graph.PublishAsync(queue.Name, Guid.NewGuid(), Message, attempts: 0);
        }

        TestConsumer consumer;
        await using (await graph.BrokerAlarmAsync())
        {
            consumer = await ConsumeAsync(
                _ => Interlocked.Increment(ref tries) == 1 ? throw new InvalidOperationException("It fails.") : goOn.Task,
                options: new ConsumerOptions { Concurrency = 2, Prefetch = 2 });
            await Eventually.GetAsync(() => Task.FromResult(consumer.IsBlocked), blocked => blocked, Patience, "The next attempt on its way");
            goOn.SetResult();
            // The one that failed is in hand. The broker hands out the last one only when those before it are acknowledged.
            await Eventually.GetAsync(() => Task.FromResult(consumer.Handled.Count), handled => handled == Messages, Patience, "All messages in hand");
            await HasAsync(queue.Name, 0);
        }

        await using (consumer)
        {
            await Eventually.GetAsync(
                async () => await channel.MessageCountAsync(queue.RetryAfter(Topology.RetryDelays[0])) + (consumer.Handled.Count - Messages), waiting => waiting > 0, Patience, "The next attempt");
        }
    }

    [Fact]
    public async Task A_worker_that_stops_finishes_what_is_in_hand_and_leaves_the_rest_to_others()
    {
        const int Messages = 5;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var consumer = await ConsumeAsync(cancellationToken =>
        {
            begun.TrySetResult();
            return goOn.Task.WaitAsync(cancellationToken);
        });
        for (var message = 0; message < Messages; message++)
        {
            await graph.PublishAsync(queue.Name, Guid.NewGuid(), Message, attempts: 0);
        }

        await begun.Task.WaitAsync(Patience);
        var stopped = consumer.DisposeAsync();
        goOn.SetResult();
        await stopped;

        consumer.Handled.Count.ShouldBe(1);
        await HasAsync(queue.Name, Messages - 1);
        (await channel.MessageCountAsync(queue.RetryAfter(Topology.RetryDelays[0]))).ShouldBe(0u);
    }

    [Fact]
    public async Task A_worker_that_stops_while_the_broker_is_away_waits_for_what_is_in_hand_and_not_for_ever()
    {
        var isOver = false;
        var heard = new Warnings();
        await using var consumer = await ConsumeAsync(
            async cancellationToken =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                isOver = true;
            },
            logger: heard);
        await graph.PublishAsync(queue.Name, Guid.NewGuid(), Message, attempts: 0);
        await Eventually.GetAsync(() => Task.FromResult(consumer.Handled.Count), handled => handled == 1, Patience, "The message in hand");

        factory.Port = LoopbackPort.Free();
        var lost = consumer.LoseConnectionAsync();
        await Eventually.GetAsync(() => Task.FromResult(heard.Count), warnings => warnings > 0, Patience, "A broker that does not answer");
        await consumer.StopAsync(CancellationToken.None);

        isOver.ShouldBeTrue();
        await lost;
    }

    private async Task<TestConsumer> ConsumeAsync(
        Func<CancellationToken, Task> work, bool isAway = false, ConsumerOptions? options = null, ILogger? logger = null)
    {
        var broker = new Broker(factory, Options.Create(new BrokerOptions { ConfirmWithin = TimeSpan.FromSeconds(1) }), TimeProvider.System);
        var consumer = new TestConsumer(queue, broker, options ?? OneAtATime, work, isAway, logger ?? NullLogger.Instance);
        await consumer.StartAsync(CancellationToken.None);
        return consumer;
    }

    private Task<uint> HasAsync(string name, uint messages) =>
        Eventually.GetAsync(() => channel.MessageCountAsync(name), there => there == messages, Patience, $"{messages} messages in {name}");

    /// <param name="isAway">Whether it cannot note that it gives a message up.</param>
    private sealed class TestConsumer(ConsumerQueue queue, Broker broker, ConsumerOptions options, Func<CancellationToken, Task> work, bool isAway, ILogger logger)
        : QueueConsumer(queue, broker, new Always(options), TimeProvider.System, logger), IAsyncDisposable
    {
        private readonly Broker broker = broker;

        public ConcurrentQueue<Guid> Handled { get; } = new();

        public ConcurrentQueue<Guid> GivenUp { get; } = new();

        /// <summary>Whether the broker has said that it takes nothing from this consumer.</summary>
        public bool IsBlocked => (broker.Publishing.Alarm ?? broker.Consuming.Alarm) is not null;

        public async Task LoseConnectionAsync() => await (await broker.Consuming.OpenAsync(CancellationToken.None)).CloseAsync();

        public async ValueTask DisposeAsync()
        {
            await StopAsync(CancellationToken.None);
            Dispose();
            await broker.DisposeAsync();
        }

        protected override Task HandleAsync(Guid messageId, string routingKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        {
            Handled.Enqueue(messageId);
            return work(cancellationToken);
        }

        protected override Task GiveUpAsync(Guid messageId, string routingKey, Exception reason, CancellationToken cancellationToken)
        {
            GivenUp.Enqueue(messageId);
            return isAway ? throw new IOException("The database is away.") : Task.CompletedTask;
        }
    }

    private sealed class Warnings : ILogger
    {
        private int count;

        public int Count => count;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Interlocked.Increment(ref count);
    }

    private sealed class Always(ConsumerOptions options) : IOptionsMonitor<ConsumerOptions>
    {
        public ConsumerOptions CurrentValue => options;

        public ConsumerOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<ConsumerOptions, string?> listener) => null;
    }
}
