using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using Travel.Bench.Command;
using Travel.Bench.Measures;
using Travel.Bench.Servers;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Messaging;
using Travel.Domain.Outbox;
using Travel.Worker.Seeding;

namespace Travel.Bench.Relay;

/// <summary>
/// How fast one relay, that of a Worker, takes a full outbox to the broker: with confirms, mandatory, to a quorum queue that nobody reads.
/// </summary>
internal sealed class RelayAlone(BenchSystem system, IChannel channel)
{
    private const string Messages = "messages";
    private const string Queue = "bench";

    // Bound to this queue alone; what the Worker itself consumes would be measured with it.
    private const string RoutingKey = "bench.relay";
    private const int WarmUp = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static BenchEntry Entry { get; } = new(
        "relay",
        "one relay from a full outbox to a queue, with confirms",
        [new BenchOption(Messages, "how many a run", 50_000), BenchOption.Runs],
        RunAsync);

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await using var system = await BenchSystem.StartWorkerAsync(cancellationToken);
        await using var connection = await system.BrokerAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await Topology.DeclareAsync(channel, cancellationToken);
        var quorum = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(Queue, Topology.Events, RoutingKey, cancellationToken: cancellationToken);
        var bench = new RelayAlone(system, channel);
        await bench.MeasureAsync(WarmUp, cancellationToken);
        await ResultTable.PrintAsync(
            arguments.Number(BenchOption.Runs.Name), output, () => bench.MeasureAsync(arguments.Number(Messages), cancellationToken));
        return true;
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync(int messages, CancellationToken cancellationToken)
    {
        await using var db = await system.DatabaseAsync();
        var cpuBefore = await system.CpuAsync();
        var written = await WriteAsync(db, messages, cancellationToken);
        await Waiting.UntilAsync(async () => !await IsAnyLeftAsync(db, cancellationToken), Patience, $"{messages} messages published", cancellationToken);
        var cpuAfter = await system.CpuAsync();

        var queued = await channel.QueuePurgeAsync(Queue, cancellationToken);
        if (queued < messages)
        {
            throw new InvalidOperationException($"Of {messages} messages only {queued} came to the queue.");
        }

        var publishedAt = await db.Outbox.Where(row => row.CreatedAt == written).Select(row => row.PublishedAt!.Value).ToListAsync(cancellationToken);
        return
        [
            new("messages/s", RelayRate.Of(publishedAt)),
            .. cpuAfter.Select(used => new Measure($"CPU µs per message, {used.Key}", (used.Value - cpuBefore[used.Key]).TotalMicroseconds / messages)),
        ];
    }

    /// <summary>In one transaction, and old enough for a sweep to take them: the relay finds all of them at once.</summary>
    private static async Task<DateTimeOffset> WriteAsync(TravelDbContext db, int messages, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeSeconds());
        var rows = Enumerable.Range(0, messages).Select(_ => MessageOf(now)).ToList();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.CopyAsync(rows, cancellationToken);
        await db.Database.CloseConnectionAsync();
        return now;
    }

    private static OutboxMessage MessageOf(DateTimeOffset now)
    {
        var message = OutboxMessage.Of(new BookingConfirmed(Guid.CreateVersion7(now), 1, now), now);
        return new OutboxMessage { Id = message.Id, RoutingKey = RoutingKey, Body = message.Body, CreatedAt = now };
    }

    private static Task<bool> IsAnyLeftAsync(TravelDbContext db, CancellationToken cancellationToken) =>
        db.Outbox.AnyAsync(row => row.PublishedAt == null, cancellationToken);
}
