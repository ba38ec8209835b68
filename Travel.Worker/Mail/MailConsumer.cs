using System.Text.Json;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Messaging;
using Travel.Worker.Messaging;

namespace Travel.Worker.Mail;

/// <summary>Which event calls for which mail.</summary>
internal sealed class MailConsumer(IServiceScopeFactory scopes, BrokerConnection broker, TimeProvider clock, ILogger<MailConsumer> logger)
    : QueueConsumer(Topology.MailQueue, broker, clock, logger)
{
    protected override async Task HandleAsync(Guid messageId, string routingKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (routingKey == BookingConfirmed.RoutingKey)
        {
            await scope.ServiceProvider.GetRequiredService<SendBookingConfirmation>()
                .ExecuteAsync(messageId, Read<BookingConfirmed>(body), cancellationToken);
        }
        else
        {
            throw new InvalidOperationException($"No mail is known for '{routingKey}'.");
        }
    }

    protected override async Task GiveUpAsync(Guid messageId, string routingKey, Exception reason, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MailClaims>().GiveUpAsync(messageId, reason, cancellationToken);
    }

    private static TMessage Read<TMessage>(ReadOnlyMemory<byte> body) =>
        JsonSerializer.Deserialize<TMessage>(body.Span, TravelJson.Options) ?? throw new JsonException("The message is empty.");
}
