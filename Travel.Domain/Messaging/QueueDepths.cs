using RabbitMQ.Client;

namespace Travel.Domain.Messaging;

/// <param name="Ready">Messages that wait to be handed out.</param>
/// <param name="Retrying">Messages that wait for their next attempt.</param>
/// <param name="Dead">Messages that were given up and that no worker has recorded yet.</param>
public sealed record QueueDepth(string Queue, long Ready, long Retrying, long Dead, long Consumers);

/// <summary>
/// How many messages lie in each queue at this moment. By AMQP itself: the management plugin, which knows more, is not everywhere. What is
/// handed out and not answered yet is in none of the numbers.
/// </summary>
public sealed class QueueDepths(Broker broker)
{
    /// <summary>Where all queues are known to be: somebody looks every few seconds.</summary>
    private IConnection? declaredOn;

    /// <exception cref="RabbitMQ.Client.Exceptions.BrokerUnreachableException">The broker does not answer.</exception>
    public async Task<IReadOnlyList<QueueDepth>> ReadAsync(CancellationToken cancellationToken)
    {
        var connection = await broker.Consuming.OpenAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        if (!ReferenceEquals(connection, declaredOn))
        {
            // Who looks first finds queues, and not an error.
            await Topology.DeclareAsync(channel, cancellationToken);
            declaredOn = connection;
        }

        var depths = new List<QueueDepth>(Topology.Queues.Count);
        foreach (var queue in Topology.Queues)
        {
            depths.Add(await ReadAsync(channel, queue, cancellationToken));
        }

        return depths;
    }

    private static async Task<QueueDepth> ReadAsync(IChannel channel, ConsumerQueue queue, CancellationToken cancellationToken)
    {
        var seen = await channel.QueueDeclarePassiveAsync(queue.Name, cancellationToken);
        var dead = await channel.MessageCountAsync(queue.DeadLetters, cancellationToken);
        var retrying = 0L;
        foreach (var delay in Topology.RetryDelays)
        {
            retrying += await channel.MessageCountAsync(queue.RetryAfter(delay), cancellationToken);
        }

        return new QueueDepth(queue.Name, seen.MessageCount, retrying, dead, seen.ConsumerCount);
    }
}
