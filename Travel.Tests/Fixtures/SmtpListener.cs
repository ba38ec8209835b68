using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Travel.Tests.Fixtures;

/// <summary>An SMTP server that takes every mail, refuses every recipient, or says nothing at all; and knows what it was given.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public SmtpListener(bool refuses = false, bool isMute = false)
    {
        listener.Start();
        accepting = AcceptAsync(refuses, isMute);
    }

    public Uri Address => new($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>The mails as they came over the wire.</summary>
    public List<string> Mails { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync(bool refuses, bool isMute)
    {
        while (!stop.IsCancellationRequested)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            if (isMute)
            {
                await Task.Delay(Timeout.Infinite, stop.Token);
            }

            await ConverseAsync(client.GetStream(), refuses);
        }
    }

    private async Task ConverseAsync(Stream stream, bool refuses)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test".AsMemory(), stop.Token);
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            await writer.WriteLineAsync(AnswerTo(command, refuses).AsMemory(), stop.Token);
            if (command == "DATA")
            {
                Mails.Add(await ReadMailAsync(reader));
                await writer.WriteLineAsync("250 taken".AsMemory(), stop.Token);
            }
        }
    }

    private static string AnswerTo(string command, bool refuses) => command switch
    {
        "RCPT" when refuses => "550 nobody of that name",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
        {
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return mail.ToString();
    }
}
