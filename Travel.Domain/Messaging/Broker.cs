using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Travel.Domain.Messaging;

/// <summary>
/// This process's connections to RabbitMQ. With an alarm (memory, disk) the broker reads nothing more from a connection that publishes, of
/// whatever goes over it; messages are to be taken and acknowledged all the same (rabbitmq.com/docs/alarms#client-connections).
/// </summary>
public sealed class Broker(IConnectionFactory factory, IOptions<BrokerOptions> options, TimeProvider clock) : IAsyncDisposable
{
    public BrokerConnection Publishing { get; } = new(factory, NameFor("publishing"));

    /// <summary>And to look at queues.</summary>
    public BrokerConnection Consuming { get; } = new(factory, NameFor("consuming"));

    public PublishingChannel Publisher() => new(Publishing, options.Value.ConfirmWithin, clock);

    public async ValueTask DisposeAsync()
    {
        await Publishing.DisposeAsync();
        await Consuming.DisposeAsync();
    }

    private static string NameFor(string purpose) => $"{AppDomain.CurrentDomain.FriendlyName}, {purpose}";
}
