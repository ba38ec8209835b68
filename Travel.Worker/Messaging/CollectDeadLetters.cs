using RabbitMQ.Client;
using Travel.Domain.Messaging;

namespace Travel.Worker.Messaging;

/// <summary>
/// Takes what was given up out of the dead-letter queues and writes it down, where a person can settle it. A letter is taken from the broker
/// when its row is committed: whoever dies in between leaves it there, and the same row is written by the next.
/// </summary>
internal sealed partial class CollectDeadLetters(Broker broker, IServiceScopeFactory scopes, TimeProvider clock, ILogger<CollectDeadLetters> logger)
    : BackgroundService
{
    /// <summary>Looking at an empty queue costs next to nothing, and an operator watches.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CollectAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.WillTryAgain(logger, exception, RetryAfter);
            }

            await Task.Delay(RetryAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>What keeps letters from being recorded: each is in the way of those behind it, and not of other queues'.</returns>
    internal static async Task<IReadOnlyList<Exception>> CollectAsync(
        IChannel channel,
        PublishingChannel publisher,
        IEnumerable<ConsumerQueue> queues,
        Func<DeadLetter, CancellationToken, Task> recordAsync,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var troubles = new List<Exception>();
        foreach (var queue in queues)
        {
            try
            {
                await CollectAsync(channel, publisher, queue, recordAsync, clock, cancellationToken);
            }
            catch (Exception exception) when (channel.IsOpen && !cancellationToken.IsCancellationRequested)
            {
                troubles.Add(exception);
            }
        }

        return troubles;
    }

    /// <summary>All that lies with the dead letters of this queue.</summary>
    internal static async Task CollectAsync(
        IChannel channel,
        PublishingChannel publisher,
        ConsumerQueue queue,
        Func<DeadLetter, CancellationToken, Task> recordAsync,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        while (await channel.BasicGetAsync(queue.DeadLetters, autoAck: false, cancellationToken) is { } letter)
        {
            var properties = letter.BasicProperties;
            if (MessageHeaders.TimesOf(properties, MessageHeaders.DeliveryCount) >= Topology.DeliveryLimit - 1)
            {
                // Each attempt that fails here gives the letter back, and a quorum queue drops what was given back too often. A copy begins anew.
                var copy = new BasicProperties(properties) { Headers = new Dictionary<string, object?>(properties.Headers!, StringComparer.Ordinal) };
                copy.Headers.Remove(MessageHeaders.DeliveryCount);
                await publisher.PublishAsync(queue.DeadLetters, copy, letter.Body, cancellationToken);
            }
            else
            {
                await recordAsync(DeadLetter.Of(queue.Name, properties, letter.Body, clock.GetUtcNow()), cancellationToken);
            }

            await channel.BasicAckAsync(letter.DeliveryTag, multiple: false, CancellationToken.None);
        }
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        var connection = await broker.Consuming.OpenAsync(cancellationToken);
        await using var publisher = broker.Publisher();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await Topology.DeclareAsync(channel, cancellationToken);
        while (true)
        {
            var troubles = await CollectAsync(channel, publisher, Topology.Queues, RecordAsync, clock, cancellationToken);
            foreach (var trouble in troubles)
            {
                Log.WillTryAgain(logger, trouble, RetryAfter);
            }

            if (troubles.Count > 0)
            {
                return;
            }

            await Task.Delay(LookEvery, clock, cancellationToken);
        }
    }

    private async Task RecordAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<RecordDeadLetter>().ExecuteAsync(letter, cancellationToken))
        {
            Log.Recorded(logger, letter.MessageId, letter.Queue, letter.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Message {MessageId} of {Queue} is dead letter {DeadLetter} and waits for a person")]
        public static partial void Recorded(ILogger logger, string messageId, string queue, Guid deadLetter);

        [LoggerMessage(LogLevel.Warning, "Dead letters cannot be collected; trying again after {Pause}")]
        public static partial void WillTryAgain(ILogger logger, Exception exception, TimeSpan pause);
    }
}
