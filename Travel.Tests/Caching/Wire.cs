using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Travel.Tests.Caching;

/// <summary>The way to a server: once it is cut all connections over it break, and new ones do at once, until it is mended.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly string host;
    private readonly int port;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> ends = [];
    private readonly CancellationTokenSource stopped = new();
    private readonly Task accepting;
    private volatile bool isCut;

    public Wire(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where its near end is.</summary>
    public IPEndPoint Address => (IPEndPoint)listener.LocalEndpoint;

    public void Cut()
    {
        isCut = true;
        foreach (var end in ends.Keys)
        {
            end.Close();
        }
    }

    public void Mend() => isCut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        await stopped.CancelAsync();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
        stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = ConnectAsync(await listener.AcceptTcpClientAsync(stopped.Token));
        }
    }

    private async Task ConnectAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            (near.NoDelay, far.NoDelay) = (true, true);
            (ends[near], ends[far]) = (true, true);
            try
            {
                if (!isCut)
                {
                    await far.ConnectAsync(host, port);
                    await await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Cut, or one end has gone: the other is closed, and sees it.
            }

            ends.TryRemove(near, out _);
            ends.TryRemove(far, out _);
        }
    }
}
