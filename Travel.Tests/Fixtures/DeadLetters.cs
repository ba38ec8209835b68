using System.Text.Json;
using RabbitMQ.Client;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Messaging;

namespace Travel.Tests.Fixtures;

internal static class DeadLetters
{
    private static readonly string Queue = Topology.UrgentMail.DeadLetters;

    public static async Task<uint> DeadLettersAsync(this TravelGraph graph)
    {
        await using var connection = await graph.BrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(Queue);
    }

    /// <summary>Puts messages among the dead, each of which calls for one more mail about the booking.</summary>
    public static async Task BuryAsync(this TravelGraph graph, BookingResponse booking, int letters)
    {
        for (var number = 0; number < letters; number++)
        {
            var declined = new BookingDeclined(booking.Id, 1, NightsGone: true, TimeProvider.System.GetUtcNow());
            await graph.PublishAsync(Queue, Guid.NewGuid(), declined, Topology.RetryDelays.Count);
        }
    }

    /// <summary>Puts a message into a queue, as one that was tried in vain so many times.</summary>
    public static async Task PublishAsync<TMessage>(this TravelGraph graph, string queue, Guid id, TMessage message, int attempts)
        where TMessage : IMessage
    {
        await using var connection = await graph.BrokerAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var properties = new BasicProperties
        {
            MessageId = id.ToString(),
            Type = TMessage.RoutingKey,
            Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-travel-attempt"] = attempts },
        };
        await channel.BasicPublishAsync(
            exchange: "", queue, mandatory: true, properties, JsonSerializer.SerializeToUtf8Bytes(message, TravelJson.Options));
    }
}
