using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Messaging;

namespace Travel.Domain.Caching;

/// <summary>
/// Hears over RabbitMQ as well what others have changed, from a queue of its own that goes with it: what a process could not tell Redis is made good
/// here, by whichever process is first.
/// </summary>
internal sealed partial class ListenToBroker(
    Broker broker, Hearing hearing, TagInvalidation invalidation, TimeProvider clock, ILogger<ListenToBroker> logger) : BackgroundService
{
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Deaf(logger, exception, ReconnectAfter);
            }
            finally
            {
                hearing.BrokerLost();
            }

            await Task.Delay(ReconnectAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        var connection = await broker.Consuming.OpenAsync(stoppingToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) => End();
        await Topology.DeclareAsync(channel, stoppingToken);
        var queue = await channel.QueueDeclareAsync(
            queue: "", durable: false, exclusive: true, autoDelete: true, arguments: null, cancellationToken: stoppingToken);
        await channel.QueueBindAsync(queue.QueueName, Topology.Events, CacheTagsTouched.RoutingKey, cancellationToken: stoppingToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) => End();
        consumer.ReceivedAsync += (_, delivery) => HearAsync(delivery);
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, stoppingToken);
        hearing.BrokerHeard();
        Log.Listening(logger);
        await closed.Task.WaitAsync(stoppingToken);

        Task End()
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        }
    }

    /// <summary>What nobody can read may be about anything.</summary>
    private async Task HearAsync(BasicDeliverEventArgs delivery)
    {
        try
        {
            var told = JsonSerializer.Deserialize<CacheTagsTouched>(delivery.Body.Span, TravelJson.Options);
            if (told is { Tags: { } tags } && Guid.TryParse(delivery.BasicProperties.MessageId, out var change))
            {
                await invalidation.TellAsync(change, tags);
                return;
            }
        }
        catch (JsonException exception)
        {
            Log.Unreadable(logger, exception);
        }

        await invalidation.TellAsync(Guid.CreateVersion7(clock.GetUtcNow()), [CacheTags.Everything]);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Changes are heard over RabbitMQ")]
        public static partial void Listening(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "Changes cannot be heard over RabbitMQ; trying again after {Pause}")]
        public static partial void Deaf(ILogger logger, Exception exception, TimeSpan pause);

        [LoggerMessage(LogLevel.Error, "What RabbitMQ told of a change could not be read; everything counts as changed")]
        public static partial void Unreadable(ILogger logger, Exception exception);
    }
}
