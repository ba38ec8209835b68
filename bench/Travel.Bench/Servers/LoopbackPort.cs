using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Travel.Bench.Servers;

internal static class LoopbackPort
{
    /// <summary>
    /// One that nobody listens on. Below the range from which systems take the ports of outgoing connections: one of those could have it by
    /// the time a process listens.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(10_000, 32_768);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one, then.
            }
        }
    }
}
