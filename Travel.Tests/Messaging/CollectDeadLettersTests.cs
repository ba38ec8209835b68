using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using Travel.Contracts.Operations;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;
using Travel.Worker.Messaging;

namespace Travel.Tests.Messaging;

/// <summary>On a queue of the test's own, which no worker looks at.</summary>
[Collection(TravelGraph.Collection)]
public sealed class CollectDeadLettersTests(TravelGraph graph) : IAsyncLifetime
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);
    private readonly ConsumerQueue queue = new($"test.{Guid.NewGuid():N}", "Test", []);
    private IConnection connection = null!;

    private string Dead => queue.DeadLetters;

    public async Task InitializeAsync()
    {
        connection = await graph.BrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            Dead, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = Topology.DeliveryLimit });
    }

    public async Task DisposeAsync()
    {
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeleteAsync(Dead);
        }

        await connection.DisposeAsync();
        await using var db = await graph.DatabaseAsync();
        await db.DeadLetters.Where(letter => letter.Queue == queue.Name).ExecuteDeleteAsync();
    }

    [Fact]
    public async Task What_was_recorded_before_a_crash_and_comes_again_is_there_once()
    {
        await BuryAsync("m-1");

        await Should.ThrowAsync<IOException>(() => CollectAsync(async (letter, token) =>
        {
            await RecordAsync(letter, token);
            throw new IOException("The worker died here.");
        }));
        await WaitsAsync();
        await CollectAsync(RecordAsync);

        (await LettersAsync()).ShouldHaveSingleItem().MessageId.ShouldBe("m-1");
        (await CountAsync()).ShouldBe(0u);
    }

    [Fact]
    public async Task What_comes_again_after_it_was_settled_does_not_wait_again()
    {
        await BuryAsync("m-1");
        await Should.ThrowAsync<IOException>(() => CollectAsync(async (letter, token) =>
        {
            await RecordAsync(letter, token);
            throw new IOException("The worker died here.");
        }));
        await using var db = await graph.DatabaseAsync();
        var id = (await LettersAsync()).Single().Id;
        await new DropDeadLetter(db, TimeProvider.System).ExecuteAsync(id, Guid.NewGuid(), "A test.", CancellationToken.None);

        await WaitsAsync();
        await CollectAsync(RecordAsync);

        (await LettersAsync()).ShouldHaveSingleItem().State.ShouldBe(DeadLetterState.Dropped);
    }

    [Fact]
    public async Task What_dies_in_its_next_life_is_another_dead_letter()
    {
        await BuryAsync("m-1");
        await CollectAsync(RecordAsync);
        var first = (await LettersAsync()).Single();

        await using (var channel = await ConfirmedAsync())
        {
            await channel.BasicPublishAsync("", Dead, mandatory: true, first.ToProperties(), first.Body);
        }

        await CollectAsync(RecordAsync);

        (await LettersAsync()).Select(letter => (letter.MessageId, letter.Replays)).ShouldBe([("m-1", 0), ("m-1", 1)]);
    }

    [Fact]
    public async Task However_often_recording_fails_the_letter_stays()
    {
        await BuryAsync("m-1");

        for (var attempt = 0; attempt < Topology.DeliveryLimit + 5; attempt++)
        {
            await Should.ThrowAsync<IOException>(() => CollectAsync((_, _) => throw new IOException("The database is away.")));
            await WaitsAsync();
        }

        await CollectAsync(RecordAsync);
        (await LettersAsync()).ShouldHaveSingleItem().Headers.ShouldContain("ours");
    }

    [Fact]
    public async Task A_letter_that_cannot_be_recorded_is_not_in_the_way_of_other_queues()
    {
        var other = new ConsumerQueue($"test.{Guid.NewGuid():N}", "Test", []);
        await using var channel = await ConfirmedAsync();
        await Topology.DeclareAsync(channel, other, CancellationToken.None);
        await BuryAsync("m-1");
        await channel.BasicPublishAsync("", other.DeadLetters, mandatory: true, new BasicProperties { MessageId = "m-2" }, "x"u8.ToArray());
        await using var broker = await graph.OwnBrokerAsync();
        await using var publisher = broker.Publisher();
        var recorded = new List<string>();

        var troubles = await CollectDeadLetters.CollectAsync(channel, publisher, [queue, other], Record, TimeProvider.System, CancellationToken.None);

        await channel.DeleteAsync(other);
        troubles.ShouldHaveSingleItem().ShouldBeOfType<IOException>();
        recorded.ShouldBe(["m-2"]);

        Task Record(DeadLetter letter, CancellationToken cancellationToken)
        {
            if (letter.Queue == queue.Name)
            {
                throw new IOException("It cannot be recorded.");
            }

            recorded.Add(letter.MessageId);
            return Task.CompletedTask;
        }
    }

    private async Task BuryAsync(string messageId)
    {
        await using var channel = await ConfirmedAsync();
        var properties = new BasicProperties { MessageId = messageId, Headers = new Dictionary<string, object?> { ["ours"] = 1, [MessageHeaders.Attempt] = 5 } };
        await channel.BasicPublishAsync("", Dead, mandatory: true, properties, "x"u8.ToArray());
    }

    private async Task CollectAsync(Func<DeadLetter, CancellationToken, Task> recordAsync)
    {
        await using var channel = await ConfirmedAsync();
        await using var broker = await graph.OwnBrokerAsync();
        await using var publisher = broker.Publisher();
        await CollectDeadLetters.CollectAsync(channel, publisher, queue, recordAsync, TimeProvider.System, CancellationToken.None);
    }

    private async Task RecordAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        await using var db = await graph.DatabaseAsync();
        await new RecordDeadLetter(db).ExecuteAsync(letter, cancellationToken);
    }

    private async Task<List<DeadLetter>> LettersAsync()
    {
        await using var db = await graph.DatabaseAsync();
        return await db.DeadLetters.AsNoTracking().Where(letter => letter.Queue == queue.Name).OrderBy(letter => letter.Id).ToListAsync();
    }

    /// <summary>What a closed channel has not answered is back in the queue a moment later.</summary>
    private Task WaitsAsync() => Eventually.GetAsync(CountAsync, there => there == 1, AtMost, "The letter");

    private async Task<uint> CountAsync()
    {
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(Dead);
    }

    private Task<IChannel> ConfirmedAsync() =>
        connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
}
