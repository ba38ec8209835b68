using System.Diagnostics;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Travel.Domain;
using Travel.Domain.Messaging;
using Travel.Domain.Operations;

namespace Travel.Worker.Messaging;

/// <summary>
/// Takes messages from a queue, for as long as the process runs and whenever the broker is there. A message is acknowledged when its
/// work is done or when its next attempt is safely in a retry queue; never before.
/// </summary>
internal abstract partial class QueueConsumer(
    ConsumerQueue queue, Broker broker, IOptionsMonitor<ConsumerOptions> options, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HandBackAgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HandBackAtMostAfter = TimeSpan.FromMinutes(1);

    /// <summary>For what is in hand when the worker is to stop; then it is given up, and another takes it up.</summary>
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(5);

    private readonly ConsumerOptions options = options.Get(queue.Name);
    private readonly CancellationTokenSource finishing = new();
    private readonly InHand inHand = new();
    private readonly PublishingChannel publisher = broker.Publisher();

    public override void Dispose()
    {
        finishing.Dispose();
        inHand.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stopping = stoppingToken.Register(() => finishing.CancelAfter(FinishWithin));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Asked to stop.
            }
            catch (Exception exception)
            {
                Log.BrokerAway(logger, exception, queue.Name, ReconnectAfter);
            }

            await Task.Delay(ReconnectAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Of a connection that was lost.
        await inHand.NothingLeftAsync();
        await publisher.DisposeAsync();
    }

    /// <summary>Does what the message calls for. Throwing means: try again later, and not for ever.</summary>
    /// <exception cref="NotYetException">It is not this message's turn: that is no failure, and no attempt.</exception>
    /// <exception cref="PoisonException">It will never be done: there is no other attempt.</exception>
    protected abstract Task HandleAsync(Guid messageId, string routingKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>The message is given up and lies with the dead letters.</summary>
    protected abstract Task GiveUpAsync(Guid messageId, string routingKey, Exception reason, CancellationToken cancellationToken);

    private async Task ConsumeAsync(CancellationToken stoppingToken)
    {
        var connection = await broker.Consuming.OpenAsync(stoppingToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(
                publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: (ushort)options.Concurrency),
            stoppingToken);
        await Topology.DeclareAsync(channel, stoppingToken);
        await channel.BasicQosAsync(prefetchSize: 0, (ushort)options.Prefetch, global: false, stoppingToken);

        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) =>
        {
            // The broker takes a consumer away whose queue has gone, and leaves the channel open.
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        consumer.ReceivedAsync += (_, delivery) => stoppingToken.IsCancellationRequested
            ? Task.CompletedTask
            : inHand.RunAsync(() => ReceiveAsync(channel, delivery, finishing.Token));
        var tag = await channel.BasicConsumeAsync(queue.Name, autoAck: false, consumer, stoppingToken);
        Log.Consuming(logger, queue.Name);
        try
        {
            // What is in hand when the broker goes comes again, and does not keep the others waiting for its end.
            await closed.Task.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            if (channel.IsOpen)
            {
                await channel.BasicCancelAsync(tag, cancellationToken: CancellationToken.None);
            }

            await inHand.NothingLeftAsync();
            throw;
        }
    }

    private async Task ReceiveAsync(IChannel channel, BasicDeliverEventArgs delivery, CancellationToken cancellationToken)
    {
        // The buffer is the client's and is used again after the first await.
        var body = delivery.Body.ToArray();
        var routingKey = delivery.BasicProperties.Type ?? delivery.RoutingKey;
        using var activity = ConsumerSpan.Start(delivery, routingKey, queue.Name);
        QueueMetrics.Taken(queue.Name);
        try
        {
            if (!Guid.TryParse(delivery.BasicProperties.MessageId, out var messageId))
            {
                await BuryAsync(delivery.BasicProperties, body, "It has no id, and was not tried.");
            }
            else
            {
                await TryAsync(delivery.BasicProperties, messageId, routingKey, body, cancellationToken);
            }

            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // What was to come of it could not be arranged. Without an answer the broker keeps the message and hands it out again.
            activity?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            Log.NotAnswered(logger, exception, delivery.BasicProperties.MessageId, queue.Name);
            await HandBackAsync(channel, delivery, body, cancellationToken);
        }
    }

    /// <summary>
    /// Handed out again at once it would soon have been handed out too often: an outage is longer than that. A broker with an alarm takes it when
    /// that is over, and it stays in hand so long.
    /// </summary>
    private async Task HandBackAsync(IChannel channel, BasicDeliverEventArgs delivery, byte[] body, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (channel.IsOpen && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                await PostponeAsync(delivery.BasicProperties, body);
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
                return;
            }
            catch (PublishException exception)
            {
                Log.NotAnswered(logger, exception, delivery.BasicProperties.MessageId, queue.Name);
                await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true, CancellationToken.None);
                return;
            }
            catch (Exception exception)
            {
                Log.NotAnswered(logger, exception, delivery.BasicProperties.MessageId, queue.Name);
                // Longer each time: what is not confirmed may be there all the same, and each time once more.
                await Task.Delay(BackOff.After(++failures, HandBackAgainAfter, HandBackAtMostAfter), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TryAsync(
        IReadOnlyBasicProperties properties, Guid messageId, string routingKey, byte[] body, CancellationToken cancellationToken)
    {
        var attempt = AttemptOf(properties);
        try
        {
            await HandleAsync(messageId, routingKey, body, cancellationToken);
            QueueMetrics.Done(queue.Name);
        }
        catch (NotYetException exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotYet(logger, messageId, exception.Message);
            await PostponeAsync(properties, body);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Activity.Current?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            if (exception is not PoisonException && attempt < Topology.RetryDelays.Count)
            {
                var delay = Topology.RetryDelays[attempt];
                Log.WillRetry(logger, exception, messageId, attempt + 1, delay);
                await PublishAsync(queue.RetryAfter(delay), properties, body, attempt + 1);
                QueueMetrics.Retried(queue.Name);
            }
            else
            {
                Log.GivenUp(logger, exception, messageId, attempt + 1);
                await GiveUpAsync(messageId, routingKey, exception, CancellationToken.None);
                await BuryAsync(properties, body, $"{exception.GetType().Name}: {exception.Message}");
            }
        }
    }

    /// <summary>For a moment, and without counting it as an attempt.</summary>
    private Task PostponeAsync(IReadOnlyBasicProperties properties, byte[] body) =>
        PublishAsync(queue.RetryAfter(Topology.RetryDelays[0]), properties, body, AttemptOf(properties));

    /// <summary>What is written on it is read by operators, who need not know whom it was about.</summary>
    private async Task BuryAsync(IReadOnlyBasicProperties properties, byte[] body, string error)
    {
        var shown = PlainText.Beginning(PersonalData.MaskText(error), DeadLetter.LongestError);
        await PublishAsync(queue.DeadLetters, properties, body, AttemptOf(properties), shown);
        QueueMetrics.GivenUp(queue.Name);
    }

    private async Task PublishAsync(string to, IReadOnlyBasicProperties properties, byte[] body, int attempt, string? error = null)
    {
        var next = new BasicProperties(properties) { Headers = new Dictionary<string, object?>(properties.Headers ?? new Dictionary<string, object?>()) };
        next.Headers[MessageHeaders.Attempt] = attempt;
        if (error is not null)
        {
            next.Headers[MessageHeaders.Error] = error;
        }

        await publisher.PublishAsync(to, next, body, finishing.Token);
    }

    private static int AttemptOf(IReadOnlyBasicProperties properties) => MessageHeaders.TimesOf(properties, MessageHeaders.Attempt);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Consuming {Queue}")]
        public static partial void Consuming(ILogger logger, string queue);

        [LoggerMessage(LogLevel.Warning, "{Queue} cannot be consumed; trying again after {Pause}")]
        public static partial void BrokerAway(ILogger logger, Exception exception, string queue, TimeSpan pause);

        [LoggerMessage(LogLevel.Debug, "Message {MessageId} has to wait: {Reason}")]
        public static partial void NotYet(ILogger logger, Guid messageId, string reason);

        [LoggerMessage(LogLevel.Warning, "Message {MessageId} failed at attempt {Attempt}; next one after {Delay}")]
        public static partial void WillRetry(ILogger logger, Exception exception, Guid messageId, int attempt, TimeSpan delay);

        [LoggerMessage(LogLevel.Error, "Message {MessageId} failed for good at attempt {Attempt} and waits with the dead letters")]
        public static partial void GivenUp(ILogger logger, Exception exception, Guid messageId, int attempt);

        [LoggerMessage(LogLevel.Warning, "Message {MessageId} of {Queue} was left unanswered")]
        public static partial void NotAnswered(ILogger logger, Exception exception, string? messageId, string queue);
    }
}
