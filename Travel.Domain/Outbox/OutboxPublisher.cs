using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Travel.Domain.Messaging;

namespace Travel.Domain.Outbox;

/// <summary>What became of a batch on the broker. What is in neither list is not known to have arrived, for a reason that is not its own.</summary>
/// <param name="Trouble">Why, if there is such a row.</param>
internal sealed record PublishedBatch(List<Guid> Confirmed, List<RefusedMessage> Refused, Exception? Trouble);

internal sealed record RefusedMessage(OutboxMessage Message, string Reason);

/// <summary>A channel on which messages are published, all of a batch at once, and their confirms waited for together.</summary>
internal sealed class OutboxPublisher(Broker broker) : IAsyncDisposable
{
    private const string MessagingSystem = "rabbitmq";
    private static readonly ActivitySource Source = new("Travel.Outbox");
    private readonly PublishingChannel channel = broker.Publisher();

    public bool IsOpen => channel.IsOpen;

    /// <inheritdoc cref="PublishingChannel.OpenAsync"/>
    public Task OpenAsync(CancellationToken cancellationToken) => channel.OpenAsync(cancellationToken);

    public Task<PublishedBatch> PublishAsync(IReadOnlyList<OutboxMessage> rows, CancellationToken cancellationToken) => channel.WithinLimitsAsync(
        async (open, token) =>
        {
            var batch = new PublishedBatch(new List<Guid>(rows.Count), [], Trouble: null);
            var confirms = rows.Select(row => (Row: row, Confirmed: PublishAsync(open, row, token))).ToList();
            foreach (var (row, confirmed) in confirms)
            {
                try
                {
                    await confirmed;
                    batch.Confirmed.Add(row.Id);
                    QueueMetrics.Published(row.RoutingKey);
                }
                catch (PublishException exception)
                {
                    // Returned: no queue is bound for it. Else the queue would not take it.
                    batch.Refused.Add(new RefusedMessage(row, exception.IsReturn ? "No queue wants it." : "The queue did not take it."));
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    // Also that the time is over: what is confirmed by then counts.
                    batch = batch with { Trouble = exception };
                }
            }

            return batch;
        },
        cancellationToken);

    public ValueTask DisposeAsync() => channel.DisposeAsync();

    private static async Task PublishAsync(IChannel open, OutboxMessage row, CancellationToken cancellationToken)
    {
        _ = ActivityContext.TryParse(row.TraceParent, row.TraceState, isRemote: true, out var cause);
        using var activity = Source.StartActivity("outbox " + row.RoutingKey, ActivityKind.Internal, cause);
        activity?.SetTag("messaging.system", MessagingSystem).SetTag("messaging.message.id", row.Id);
        var properties = new BasicProperties
        {
            MessageId = row.Id.ToString(),
            Type = row.RoutingKey,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(row.CreatedAt.ToUnixTimeSeconds()),
        };
        await open.BasicPublishAsync(
            Topology.Events, row.RoutingKey, mandatory: !Topology.Passing.Contains(row.RoutingKey, StringComparer.Ordinal), properties, Encoding.UTF8.GetBytes(row.Body), cancellationToken);
    }
}
