using System.Globalization;
using RabbitMQ.Client;

namespace Travel.Domain.Messaging;

/// <summary>
/// Gives what lies with the dead letters back to the queue it came from, as if it had never been tried. Each is taken away only when the queue has
/// confirmed it: whatever breaks in between, it may be there twice and is never lost.
/// </summary>
public sealed class ReplayDeadLetters(BrokerConnection broker)
{
    private const string DeliveryCount = "x-delivery-count";

    /// <returns>How many there were. What dies again meanwhile waits for the next time, and so does what another replay has in hand.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var connection = await broker.OpenAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await Topology.DeclareAsync(channel, cancellationToken);
        var moved = 0;
        foreach (var queue in Topology.Queues)
        {
            moved += await MoveAsync(channel, queue.DeadLetters, queue.Name, cancellationToken);
        }

        return moved;
    }

    internal static async Task<int> MoveAsync(IChannel channel, string from, string to, CancellationToken cancellationToken)
    {
        var moved = 0;
        // The count that comes with a letter is right. That of the queue may be too low: a broker that has just started answers before it has read all.
        var letter = await channel.BasicGetAsync(from, autoAck: false, cancellationToken);
        for (var left = letter?.MessageCount; letter is not null; left--)
        {
            // An attempt that fails here gives the letter back, and a quorum queue drops what was given back too often.
            var renews = DeliveriesOf(letter) >= Topology.DeliveryLimit - 1;
            var next = new BasicProperties(letter.BasicProperties) { Headers = HeadersOf(letter, keepHistory: renews) };
            await channel.BasicPublishAsync(exchange: "", renews ? from : to, mandatory: true, next, letter.Body, cancellationToken);
            await channel.BasicAckAsync(letter.DeliveryTag, multiple: false, CancellationToken.None);
            if (renews)
            {
                left++;
            }
            else
            {
                moved++;
            }

            letter = left > 0 ? await channel.BasicGetAsync(from, autoAck: false, cancellationToken) : null;
        }

        return moved;
    }

    /// <summary>Ours go on. Those that begin with <c>x-</c> are the history: attempts, deliveries, deaths.</summary>
    private static Dictionary<string, object?> HeadersOf(BasicGetResult letter, bool keepHistory) =>
        (letter.BasicProperties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            .Where(header => header.Key != DeliveryCount && (keepHistory || !header.Key.StartsWith("x-", StringComparison.Ordinal)))
            .ToDictionary(StringComparer.Ordinal);

    private static long DeliveriesOf(BasicGetResult letter) =>
        letter.BasicProperties.Headers?.TryGetValue(DeliveryCount, out var count) == true ? Convert.ToInt64(count, CultureInfo.InvariantCulture) : 0;
}
