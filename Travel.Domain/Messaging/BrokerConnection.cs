using RabbitMQ.Client;

namespace Travel.Domain.Messaging;

/// <summary>
/// A connection to RabbitMQ, opened when somebody needs it and opened anew when it has broken. Who uses it decides
/// whether and when to try again; the client's own recovery is off, so that there is one way back and not two.
/// </summary>
/// <param name="name">What the broker shows it as.</param>
public sealed class BrokerConnection(IConnectionFactory factory, string name) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private IConnection? connection;
    private volatile string? alarm;

    /// <summary>Why the broker takes nothing on this connection; null when it does.</summary>
    public string? Alarm => connection is { IsOpen: true } ? alarm : null;

    /// <exception cref="RabbitMQ.Client.Exceptions.BrokerUnreachableException">The broker does not answer.</exception>
    public async Task<IConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (connection is { IsOpen: true })
            {
                return connection;
            }

            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            connection = null;
            alarm = null;
            connection = await factory.CreateConnectionAsync(name, cancellationToken);
            connection.ConnectionBlockedAsync += (_, blocked) => NoteAsync(blocked.Reason);
            connection.ConnectionUnblockedAsync += (_, _) => NoteAsync(null);
            return connection;
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        gate.Dispose();
    }

    private Task NoteAsync(string? reason)
    {
        alarm = reason;
        return Task.CompletedTask;
    }
}
