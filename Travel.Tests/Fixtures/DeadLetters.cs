using System.Text.Json;
using RabbitMQ.Client;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Messaging;

namespace Travel.Tests.Fixtures;

internal static class DeadLetters
{
    private static readonly string Queue = Topology.DeadLettersOf(Topology.MailQueue);

    public static async Task<uint> DeadLettersAsync(this TravelGraph graph)
    {
        await using var connection = await graph.BrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(Queue);
    }

    /// <summary>Puts messages among the dead, each of which calls for one more mail about the booking.</summary>
    public static async Task BuryAsync(this TravelGraph graph, BookingResponse booking, int letters)
    {
        await using var connection = await graph.BrokerAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var body = JsonSerializer.SerializeToUtf8Bytes(new BookingDeclined(booking.Id, 1, NightsGone: true, TimeProvider.System.GetUtcNow()), TravelJson.Options);
        for (var number = 0; number < letters; number++)
        {
            var properties = new BasicProperties
            {
                MessageId = Guid.NewGuid().ToString(),
                Type = BookingDeclined.RoutingKey,
                Persistent = true,
                Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-travel-attempt"] = Topology.RetryDelays.Count },
            };
            await channel.BasicPublishAsync(exchange: "", Queue, mandatory: true, properties, body);
        }
    }
}
