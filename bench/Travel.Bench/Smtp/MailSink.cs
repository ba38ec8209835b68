using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Travel.Bench.Smtp;

/// <summary>
/// A mail server on a port of its own that takes all there is, as fast as it comes, and keeps of each mail its Message-ID and when it came.
/// </summary>
internal sealed class MailSink : IAsyncDisposable
{
    private const int TcpLevel = 6;
    private const int TcpQuickAck = 12;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly List<Arrival> arrivals = [];
    private readonly Task accepting;

    public MailSink(TimeProvider clock)
    {
        this.clock = clock;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>
    /// Whether what comes is acknowledged as soon as it has been read. Linux waits some 40 ms for an answer to send the acknowledgement with, and
    /// who sends a mail's last line by itself, as System.Net.Mail does, is made to wait for just that (Nagle's algorithm, RFC 9293, 3.7.4).
    /// </summary>
    public bool AcknowledgesAtOnce { get; set; }

    public int Count
    {
        get
        {
            lock (gate)
            {
                return arrivals.Count;
            }
        }
    }

    /// <param name="skip">Those that came first and are of no interest any more.</param>
    public IReadOnlyList<Arrival> Arrivals(int skip = 0)
    {
        lock (gate)
        {
            return arrivals.GetRange(skip, arrivals.Count - skip);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                conversations.RemoveAll(conversation => conversation.IsCompletedSuccessfully);
                conversations.Add(ConverseAsync(client));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var reader = PipeReader.Create(stream);
            var session = new SmtpSession(Received);
            try
            {
                await SayAsync(stream, SmtpSession.Greeting);
                while (!session.IsOver && await reader.ReadAsync(stop.Token) is var read && !read.Buffer.IsEmpty)
                {
                    if (AcknowledgesAtOnce)
                    {
                        // Sends what is held back, and holds for this moment only: tcp(7).
                        client.Client.SetRawSocketOption(TcpLevel, TcpQuickAck, BitConverter.GetBytes(1));
                    }

                    reader.AdvanceTo(await AnswerAsync(stream, session, read.Buffer), read.Buffer.End);
                    if (read.IsCompleted)
                    {
                        break;
                    }
                }
            }
            catch (IOException)
            {
                // Whoever is killed in the middle of a mail does not say goodbye; the mail has not been sent.
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The bench is over.
            }
        }
    }

    /// <returns>Up to where there were whole lines.</returns>
    private async Task<SequencePosition> AnswerAsync(NetworkStream stream, SmtpSession session, ReadOnlySequence<byte> buffer)
    {
        while (Line(ref buffer) is { } line)
        {
            if (session.Answer(line.IsSingleSegment ? line.FirstSpan : line.ToArray()) is { } answer)
            {
                await SayAsync(stream, answer);
            }
        }

        return buffer.Start;
    }

    private static ReadOnlySequence<byte>? Line(ref ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
        {
            return null;
        }

        buffer = buffer.Slice(reader.Position);
        return line;
    }

    private ValueTask SayAsync(NetworkStream stream, string answer) => stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), stop.Token);

    private void Received(string messageId)
    {
        var arrival = new Arrival(messageId, clock.GetUtcNow());
        lock (gate)
        {
            arrivals.Add(arrival);
        }
    }
}
