using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Travel.Domain.Messaging;

namespace Travel.Worker.Messaging;

/// <summary>
/// Moves what lies in queues of versions before to where it belongs now, and takes those queues away. At each start, because an Api of such a
/// version that still runs declares them again; and as long as a worker of it still takes from one.
/// </summary>
internal sealed partial class RetireQueues(Broker broker, TimeProvider clock, ILogger<RetireQueues> logger) : BackgroundService
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await AreGoneAsync(stoppingToken))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.WillTryAgain(logger, exception, LookAgainAfter);
            }

            await Task.Delay(LookAgainAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>How many messages were moved; null while somebody still takes from the queue, or another worker is moving them.</returns>
    internal static async Task<int?> RetireAsync(Broker broker, ConsumerQueue old, ConsumerQueue now, CancellationToken cancellationToken)
    {
        var connection = await broker.Consuming.OpenAsync(cancellationToken);
        await using var turn = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await turn.QueueDeclareAsync(TurnOf(old), durable: false, exclusive: true, autoDelete: false, cancellationToken: cancellationToken);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.ResourceLocked)
        {
            return null;
        }

        var moved = await RetireAsync(connection, broker, old, now, cancellationToken);
        await turn.QueueDeleteAsync(TurnOf(old), cancellationToken: cancellationToken);
        return moved;
    }

    /// <summary>
    /// Where a worker says that it is its turn, until it is done or its connection ends. A message that another has in hand is seen nowhere, and
    /// would have no queue to go back to.
    /// </summary>
    internal static string TurnOf(ConsumerQueue old) => $"{old.Name}.retiring";

    private static async Task<int?> RetireAsync(
        IConnection connection, Broker broker, ConsumerQueue old, ConsumerQueue now, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await using var publisher = broker.Publisher();
        try
        {
            if ((await channel.QueueDeclarePassiveAsync(old.Name, cancellationToken)).ConsumerCount > 0)
            {
                return null;
            }
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0;
        }

        foreach (var routingKey in old.Events)
        {
            await channel.QueueUnbindAsync(old.Name, Topology.Events, routingKey, cancellationToken: cancellationToken);
        }

        var moved = 0;
        // Retries first: when their time is over they come into the queue itself.
        foreach (var (from, to) in Topology.RetryDelays.Select(delay => (old.RetryAfter(delay), now.Name)).Append((old.Name, now.Name)).Append((old.DeadLetters, now.DeadLetters)))
        {
            moved += await MoveAsync(channel, publisher, from, to, cancellationToken);
            await channel.QueueDeleteAsync(from, cancellationToken: cancellationToken);
        }

        return moved;
    }

    private static async Task<int> MoveAsync(IChannel channel, PublishingChannel publisher, string from, string to, CancellationToken cancellationToken)
    {
        var moved = 0;
        for (; await channel.BasicGetAsync(from, autoAck: false, cancellationToken) is { } message; moved++)
        {
            await publisher.PublishAsync(to, new BasicProperties(message.BasicProperties), message.Body, cancellationToken);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, CancellationToken.None);
        }

        return moved;
    }

    private async Task<bool> AreGoneAsync(CancellationToken cancellationToken)
    {
        var connection = await broker.Consuming.OpenAsync(cancellationToken);
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken))
        {
            await Topology.DeclareAsync(channel, cancellationToken);
        }

        var areGone = true;
        foreach (var (old, now) in Topology.Retired)
        {
            var moved = await RetireAsync(broker, old, now, cancellationToken);
            areGone &= moved is not null;
            if (moved > 0)
            {
                Log.Moved(logger, moved.Value, old.Name, now.Name);
            }
        }

        return areGone;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Moved {Messages} messages from {Old}, a queue of a version before, to {Now}")]
        public static partial void Moved(ILogger logger, int messages, string old, string now);

        [LoggerMessage(LogLevel.Warning, "Queues of a version before could not be taken away; trying again after {Pause}")]
        public static partial void WillTryAgain(ILogger logger, Exception exception, TimeSpan pause);
    }
}
