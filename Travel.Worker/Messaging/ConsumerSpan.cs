using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Travel.Worker.Messaging;

/// <summary>
/// The span of one message's work, in the trace of what caused the message, named as OpenTelemetry's conventions for RabbitMQ have it
/// (opentelemetry.io/docs/specs/semconv/messaging/rabbitmq): <c>process {exchange}:{routing key}:{queue}</c>.
/// </summary>
internal static class ConsumerSpan
{
    private const string DefaultExchange = "amq.default";
    private static readonly ActivitySource Source = new("Travel.Messaging");

    public static Activity? Start(BasicDeliverEventArgs delivery, string routingKey, string queue)
    {
        // What comes back from a retry queue comes through the default exchange.
        var exchange = delivery.Exchange.Length == 0 ? DefaultExchange : delivery.Exchange;
        var destination = $"{exchange}:{routingKey}:{queue}";
        var span = Source.StartActivity("process " + destination, ActivityKind.Consumer, CauseOf(delivery.BasicProperties));
        return span?.SetTag("messaging.system", "rabbitmq")
            .SetTag("messaging.operation.name", "process")
            .SetTag("messaging.operation.type", "process")
            .SetTag("messaging.destination.name", destination)
            .SetTag("messaging.rabbitmq.destination.routing_key", routingKey)
            .SetTag("messaging.message.id", delivery.BasicProperties.MessageId)
            .SetTag("messaging.message.body.size", delivery.Body.Length);
    }

    private static ActivityContext CauseOf(IReadOnlyBasicProperties properties)
    {
        _ = ActivityContext.TryParse(Text("traceparent"), Text("tracestate"), isRemote: true, out var cause);
        return cause;

        string? Text(string header) =>
            properties.Headers?.TryGetValue(header, out var value) == true && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;
    }
}
