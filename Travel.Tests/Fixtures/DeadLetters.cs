using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain.Messaging;

namespace Travel.Tests.Fixtures;

internal static class DeadLetters
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    /// <summary>How many wait for a person.</summary>
    public static async Task<int> DeadLettersAsync(this TravelGraph graph)
    {
        await using var db = await graph.DatabaseAsync();
        return await db.DeadLetters.CountAsync(letter => letter.State == DeadLetterState.Waiting);
    }

    /// <summary>Has messages given up, each of which calls for one more mail about the booking.</summary>
    /// <returns>Their ids, when the worker has recorded them all.</returns>
    public static async Task<IReadOnlyList<Guid>> BuryAsync(this TravelGraph graph, BookingResponse booking, int letters)
    {
        var ids = new List<Guid>(letters);
        for (var number = 0; number < letters; number++)
        {
            var id = Guid.NewGuid();
            var declined = new BookingDeclined(booking.Id, 1, NightsGone: true, TimeProvider.System.GetUtcNow());
            await graph.PublishAsync(Topology.UrgentMail.DeadLetters, id, declined, Topology.RetryDelays.Count);
            ids.Add(id);
        }

        await Eventually.GetAsync(() => graph.RecordedAsync(ids), recorded => recorded == letters, AtMost, "The dead letters recorded");
        return ids;
    }

    /// <summary>The dead letter of this message, as soon as it is recorded.</summary>
    public static async Task<DeadLetter> DeadLetterAsync(this TravelGraph graph, Guid messageId) => (await Eventually.GetAsync(
        async () =>
        {
            await using var db = await graph.DatabaseAsync();
            return await db.DeadLetters.AsNoTracking().SingleOrDefaultAsync(letter => letter.MessageId == messageId.ToString());
        },
        letter => letter is not null,
        AtMost,
        "The dead letter"))!;

    /// <summary>Puts a message into a queue, as one that was tried in vain so many times.</summary>
    public static async Task PublishAsync<TMessage>(this TravelGraph graph, string queue, Guid id, TMessage message, int attempts)
        where TMessage : IMessage
    {
        var properties = new BasicProperties
        {
            MessageId = id.ToString(),
            Type = TMessage.RoutingKey,
            Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [MessageHeaders.Attempt] = attempts },
        };
        await graph.PublishAsync(queue, properties, JsonSerializer.SerializeToUtf8Bytes(message, TravelJson.Options));
    }

    public static async Task PublishAsync(this TravelGraph graph, string queue, BasicProperties properties, byte[] body)
    {
        await using var connection = await graph.BrokerAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync(exchange: "", queue, mandatory: true, properties, body);
    }

    /// <summary>What has no id comes back however often it is replayed, and is in the way of tests that count.</summary>
    public static async Task ForgetGarbageAsync(this TravelGraph graph)
    {
        await using var db = await graph.DatabaseAsync();
        await db.DeadLetters.Where(letter => letter.MessageId.StartsWith("sha256:")).ExecuteDeleteAsync();
    }

    public static async Task ForgetAsync(this TravelGraph graph, IReadOnlyList<Guid> messageIds)
    {
        var ids = messageIds.Select(id => id.ToString()).ToList();
        await using var db = await graph.DatabaseAsync();
        await db.DeadLetters.Where(letter => ids.Contains(letter.MessageId)).ExecuteDeleteAsync();
    }

    private static async Task<int> RecordedAsync(this TravelGraph graph, List<Guid> messageIds)
    {
        var ids = messageIds.ConvertAll(id => id.ToString());
        await using var db = await graph.DatabaseAsync();
        return await db.DeadLetters.CountAsync(letter => ids.Contains(letter.MessageId));
    }
}
