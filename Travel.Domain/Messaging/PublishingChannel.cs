using RabbitMQ.Client;

namespace Travel.Domain.Messaging;

/// <summary>
/// A channel on which messages are published and their confirms waited for, within limits. It is opened when somebody needs it, and opened anew
/// when it has broken or kept somebody waiting for too long.
/// </summary>
public sealed class PublishingChannel(BrokerConnection connection, TimeSpan confirmWithin, TimeProvider clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private IChannel? channel;
    private volatile IChannel? givenUp;

    public bool IsOpen => channel is { IsOpen: true } open && open != givenUp;

    /// <exception cref="RabbitMQ.Client.Exceptions.BrokerUnreachableException">The broker does not answer.</exception>
    /// <exception cref="BrokerSilentException">It has an alarm.</exception>
    public async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (IsOpen)
            {
                return channel!;
            }

            var open = await connection.OpenAsync(cancellationToken);
            if (connection.Alarm is { } alarm)
            {
                // Nothing that is said on this connection is heard now, neither that a channel is to open nor that one is to close.
                throw new BrokerSilentException($"RabbitMQ takes no messages: {alarm}.");
            }

            await CloseAsync();
            channel = await OpenAsync(open, cancellationToken);
            return channel;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Publishes to a queue itself; done when the queue has the message.</summary>
    /// <inheritdoc cref="WithinLimitsAsync" path="/exception"/>
    /// <exception cref="RabbitMQ.Client.Exceptions.PublishException">There is no such queue, or it does not take it.</exception>
    public Task PublishAsync(string queue, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => WithinLimitsAsync(
        async (open, token) =>
        {
            await open.BasicPublishAsync(exchange: "", queue, mandatory: true, properties, body, token);
            return true;
        },
        cancellationToken);

    /// <param name="publishAsync">Its token says that the time is over, too.</param>
    /// <exception cref="BrokerSilentException">Not all was confirmed in time.</exception>
    internal async Task<T> WithinLimitsAsync<T>(Func<IChannel, CancellationToken, Task<T>> publishAsync, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(confirmWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        IChannel? used = null;
        try
        {
            used = await OpenAsync(either.Token);
            return await publishAsync(used, either.Token);
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new BrokerSilentException($"RabbitMQ has confirmed nothing within {confirmWithin}.", exception);
        }
        finally
        {
            // The one that it waited for: others may have opened a new one meanwhile, and be waiting for confirms there.
            if (patience.IsCancellationRequested && used is not null)
            {
                givenUp = used;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection.Alarm is null)
        {
            await CloseAsync();
        }

        gate.Dispose();
    }

    private static async Task<IChannel> OpenAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var opened = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        try
        {
            await Topology.DeclareAsync(opened, cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private async Task CloseAsync()
    {
        if (channel is not null)
        {
            await channel.DisposeAsync();
            channel = null;
        }
    }
}
