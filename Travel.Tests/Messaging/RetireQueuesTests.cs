using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Travel.Contracts.Accounts;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;
using Travel.Worker.Messaging;

namespace Travel.Tests.Messaging;

[Collection(TravelGraph.Collection)]
public sealed class RetireQueuesTests(TravelGraph graph) : IAsyncLifetime
{
    private static readonly PasswordChanged Message = new(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
    private readonly ConsumerQueue old = new($"test.old.{Guid.NewGuid():N}", "Old", ["test.retired"]);
    private readonly ConsumerQueue now = new($"test.now.{Guid.NewGuid():N}", "Now", []);
    private IConnection connection = null!;
    private IChannel channel = null!;

    public async Task InitializeAsync()
    {
        connection = await graph.BrokerAsync();
        channel = await connection.CreateChannelAsync();
        await Topology.DeclareAsync(channel, CancellationToken.None);
        await Topology.DeclareAsync(channel, old, CancellationToken.None);
        await Topology.DeclareAsync(channel, now, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await channel.DeleteAsync(old);
        await channel.DeleteAsync(now);
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task What_lies_in_a_queue_of_a_version_before_comes_into_the_one_of_today_and_the_old_one_goes()
    {
        var (waiting, retrying, dead) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await graph.PublishAsync(old.Name, waiting, Message, attempts: 0);
        await graph.PublishAsync(old.RetryAfter(Topology.RetryDelays[^1]), retrying, Message, attempts: 4);
        await graph.PublishAsync(old.DeadLetters, dead, Message, attempts: 5);

        await using var broker = await graph.OwnBrokerAsync();
        (await RetireQueues.RetireAsync(broker, old, now, CancellationToken.None)).ShouldBe(3);

        (await channel.MessageCountAsync(now.Name)).ShouldBe(2u);
        (await channel.MessageCountAsync(now.DeadLetters)).ShouldBe(1u);
        (await TakeAsync(now.Name)).ShouldBe(($"{retrying}", 4));
        (await TakeAsync(now.Name)).ShouldBe(($"{waiting}", 0));
        (await TakeAsync(now.DeadLetters)).ShouldBe(($"{dead}", 5));
        (await IsThereAsync(old.Name)).ShouldBeFalse();
        (await IsThereAsync(old.RetryAfter(Topology.RetryDelays[^1]))).ShouldBeFalse();
        (await IsThereAsync(old.DeadLetters)).ShouldBeFalse();
        (await RetireQueues.RetireAsync(broker, old, now, CancellationToken.None)).ShouldBe(0);

        async Task<(string? Id, int Attempt)> TakeAsync(string queue)
        {
            var message = (await channel.BasicGetAsync(queue, autoAck: true)).ShouldNotBeNull();
            return (message.BasicProperties.MessageId, MessageHeaders.TimesOf(message.BasicProperties, MessageHeaders.Attempt));
        }
    }

    [Fact]
    public async Task While_a_worker_of_the_version_before_takes_from_it_a_queue_stays()
    {
        await channel.BasicConsumeAsync(old.Name, autoAck: false, new AsyncEventingBasicConsumer(channel));

        await using var broker = await graph.OwnBrokerAsync();
        (await RetireQueues.RetireAsync(broker, old, now, CancellationToken.None)).ShouldBeNull();

        (await IsThereAsync(old.Name)).ShouldBeTrue();
    }

    [Fact]
    public async Task While_another_worker_has_messages_of_it_in_hand_a_queue_stays()
    {
        await channel.QueueDeclareAsync(RetireQueues.TurnOf(old), durable: false, exclusive: true, autoDelete: false);

        await using var broker = await graph.OwnBrokerAsync();
        (await RetireQueues.RetireAsync(broker, old, now, CancellationToken.None)).ShouldBeNull();
        (await IsThereAsync(old.Name)).ShouldBeTrue();

        await channel.QueueDeleteAsync(RetireQueues.TurnOf(old));
        (await RetireQueues.RetireAsync(broker, old, now, CancellationToken.None)).ShouldBe(0);
        (await IsThereAsync(old.Name)).ShouldBeFalse();
    }

    private async Task<bool> IsThereAsync(string queue)
    {
        await using var look = await connection.CreateChannelAsync();
        try
        {
            await look.QueueDeclarePassiveAsync(queue);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }
}
