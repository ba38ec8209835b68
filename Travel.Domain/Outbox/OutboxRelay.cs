using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using Travel.Domain.Messaging;

namespace Travel.Domain.Outbox;

/// <summary>
/// Puts outbox rows on the bus. Rows are claimed by a row lock that lasts until the broker has confirmed them: a relay that dies
/// lets go at once, and another takes them up. A row may so be published twice, never not at all.
/// </summary>
/// <remarks>Publishing inside the transaction is the one exception to "no call to another system in a transaction": the lock is the claim.</remarks>
internal sealed partial class OutboxRelay(
    IServiceScopeFactory scopes,
    BrokerConnection broker,
    OutboxSignal signal,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    private const string MessagingSystem = "rabbitmq";
    private static readonly ActivitySource Source = new("Travel.Outbox");
    private readonly OutboxOptions options = options.Value;
    private IChannel? channel;
    private DateTimeOffset measuredAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RelayAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            if (channel is not null)
            {
                await channel.DisposeAsync();
            }
        }
    }

    private async Task RelayAsync(CancellationToken stoppingToken)
    {
        var sweeping = true;
        while (true)
        {
            var pause = options.SweepEvery;
            try
            {
                await MeasureAsync(stoppingToken);
                // What is younger is in the hands of the process that wrote it, as long as that lives.
                var writtenBy = sweeping ? clock.GetUtcNow() - options.SweepEvery : DateTimeOffset.MaxValue;
                while (await PublishBatchAsync(writtenBy, stoppingToken) == options.BatchSize)
                {
                }

                sweeping = true;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested || exception is not OperationCanceledException)
            {
                Log.WillTryAgain(logger, exception, options.RetryAfter);
                pause = options.RetryAfter;
                sweeping = false;
            }

            if (await signal.WaitAsync(pause, clock, stoppingToken))
            {
                sweeping = false;
            }
        }
    }

    /// <summary>At each sweep, not at each wake-up.</summary>
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - measuredAt < options.SweepEvery)
        {
            return;
        }

        measuredAt = now;
        await using var scope = scopes.CreateAsyncScope();
        await OutboxMetrics.MeasureAsync(scope.ServiceProvider.GetRequiredService<TravelDbContext>(), now, cancellationToken);
    }

    /// <returns>How many rows were claimed.</returns>
    private async Task<int> PublishBatchAsync(DateTimeOffset writtenBy, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TravelDbContext>();
        if (!await db.Outbox.AnyAsync(row => row.PublishedAt == null && row.CreatedAt <= writtenBy, cancellationToken))
        {
            return 0;
        }

        var open = await OpenChannelAsync(cancellationToken);
        return await db.InTransactionAsync(
            async token =>
            {
                var rows = await db.Outbox
                    .FromSql($"SELECT * FROM outbox_messages WHERE published_at IS NULL AND created_at <= {writtenBy} ORDER BY id LIMIT {options.BatchSize} FOR UPDATE SKIP LOCKED")
                    .AsNoTracking()
                    .ToListAsync(token);
                var published = await PublishAsync(open, rows, token);
                var now = clock.GetUtcNow();
                await db.Outbox.Where(row => published.Contains(row.Id))
                    .ExecuteUpdateAsync(row => row.SetProperty(message => message.PublishedAt, now), token);
                OutboxMetrics.CountPublished(published.Count);
                return rows.Count;
            },
            cancellationToken);
    }

    /// <summary>Publishes all rows at once and waits for their confirms together. What was not confirmed stays in the outbox.</summary>
    private async Task<List<Guid>> PublishAsync(IChannel open, List<OutboxMessage> rows, CancellationToken cancellationToken)
    {
        var published = new List<Guid>(rows.Count);
        var confirms = rows.ConvertAll(row => (row.Id, Confirmed: PublishAsync(open, row, cancellationToken)));
        foreach (var (id, confirmed) in confirms)
        {
            try
            {
                await confirmed;
                published.Add(id);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotPublished(logger, exception, id);
            }
        }

        return published.Count > 0 || rows.Count == 0
            ? published
            : throw new InvalidOperationException($"The broker confirmed none of {rows.Count} messages.");
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

    private async Task<IChannel> OpenChannelAsync(CancellationToken cancellationToken)
    {
        if (channel is { IsOpen: true })
        {
            return channel;
        }

        if (channel is not null)
        {
            await channel.DisposeAsync();
            channel = null;
        }

        var connection = await broker.OpenAsync(cancellationToken);
        var opened = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken);
        await Topology.DeclareAsync(opened, cancellationToken);
        return channel = opened;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The outbox could not be published and will be tried again after {Pause}")]
        public static partial void WillTryAgain(ILogger logger, Exception exception, TimeSpan pause);

        [LoggerMessage(LogLevel.Warning, "Message {MessageId} was not confirmed and stays in the outbox")]
        public static partial void NotPublished(ILogger logger, Exception exception, Guid messageId);
    }
}
