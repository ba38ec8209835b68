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
internal sealed class OutboxPublisher(BrokerConnection broker) : IAsyncDisposable
{
    private const string MessagingSystem = "rabbitmq";
    private static readonly ActivitySource Source = new("Travel.Outbox");
    private IChannel? channel;

    public bool IsOpen => channel is { IsOpen: true };

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (IsOpen)
        {
            return;
        }

        await DisposeAsync();
        var connection = await broker.OpenAsync(cancellationToken);
        var opened = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        try
        {
            await Topology.DeclareAsync(opened, cancellationToken);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }

        channel = opened;
    }

    public async Task<PublishedBatch> PublishAsync(IReadOnlyList<OutboxMessage> rows, CancellationToken cancellationToken)
    {
        var open = channel ?? throw new InvalidOperationException("The channel is not open.");
        var batch = new PublishedBatch(new List<Guid>(rows.Count), [], Trouble: null);
        var confirms = rows.Select(row => (Row: row, Confirmed: PublishAsync(open, row, cancellationToken))).ToList();
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
                batch = batch with { Trouble = exception };
            }
        }

        return batch;
    }

    public async ValueTask DisposeAsync()
    {
        if (channel is not null)
        {
            await channel.DisposeAsync();
            channel = null;
        }
    }

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
            Topology.Events, row.RoutingKey, mandatory: true, properties, Encoding.UTF8.GetBytes(row.Body), cancellationToken);
    }
}
