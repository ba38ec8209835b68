using RabbitMQ.Client;

namespace Travel.Domain.Messaging;

/// <summary>
/// This process's connection to RabbitMQ, opened when somebody needs it and opened anew when it has broken. Who uses it decides
/// whether and when to try again; the client's own recovery is off, so that there is one way back and not two.
/// </summary>
public sealed class BrokerConnection(IConnectionFactory factory) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private IConnection? connection;

    public bool IsOpen => connection?.IsOpen ?? false;

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
            connection = await factory.CreateConnectionAsync(cancellationToken);
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
}
