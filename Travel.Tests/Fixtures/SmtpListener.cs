using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Travel.Tests.Fixtures;

/// <summary>An SMTP server that takes every mail, unless a test has it answer something else; and knows what it was asked and given.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    /// <summary>For an answer: the connection ends instead.</summary>
    public const string HangsUp = "";

    /// <summary>For an answer: it does as it always does, and says nothing of it.</summary>
    public const string SaysNothing = "(nothing)";

    /// <summary>In place of a command: what it says of its own accord, to a mail, and to a password.</summary>
    public const string Greeting = "(greeting)", Mail = "(mail)", Password = "(password)";

    /// <summary>What it always answers to a mail.</summary>
    public const string Taken = "250 taken";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> mails = new();
    private readonly ConcurrentQueue<string> commands = new();
    private readonly Task accepting;
    private int connections;

    public SmtpListener()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>The mails that were taken, as they came over the wire.</summary>
    public IReadOnlyList<string> Mails => [.. mails];

    /// <summary>All that was said to it but for the mails, by whichever connection.</summary>
    public IReadOnlyList<string> Commands => [.. commands];

    /// <summary>How many there have been.</summary>
    public int Connections => connections;

    /// <summary>What it answers to a command, once each and in this order; after that what it always does.</summary>
    public SmtpListener Answers(string command, params string[] next)
    {
        Array.ForEach(next, answers.GetOrAdd(command, _ => new ConcurrentQueue<string>()).Enqueue);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
                Interlocked.Increment(ref connections);
                conversations.Add(ConverseAsync(client));
            }
        }
        finally
        {
            await Task.WhenAll(conversations).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var ending = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n", AutoFlush = true };
        if (!await SaysAsync(writer, Greeting, "220 test"))
        {
            return;
        }

        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            commands.Enqueue(line);
            if (!await AnswerAsync(line.Split(' ', ':')[0].ToUpperInvariant(), reader, writer))
            {
                return;
            }
        }
    }

    /// <returns>Whether the conversation goes on.</returns>
    private async Task<bool> AnswerAsync(string command, StreamReader reader, StreamWriter writer)
    {
        switch (command)
        {
            case "DATA":
                await SaysAsync(writer, command, "354 go on");
                var mail = await ReadMailAsync(reader);
                return await SaysAsync(writer, Mail, Taken, () => mails.Enqueue(mail));
            case "AUTH":
                await SaysAsync(writer, command, "334 UGFzc3dvcmQ6");
                commands.Enqueue(await reader.ReadLineAsync(stop.Token) ?? "");
                return await SaysAsync(writer, Password, "235 it is you");
            case "QUIT":
                await SaysAsync(writer, command, "221 bye");
                return false;
            default:
                return await SaysAsync(writer, command, "250 ok");
        }
    }

    /// <param name="asUsual">Done before it is said, so that whoever hears it can rely on it.</param>
    private async Task<bool> SaysAsync(StreamWriter writer, string to, string usually, Action? asUsual = null)
    {
        var answer = answers.TryGetValue(to, out var next) && next.TryDequeue(out var said) ? said : usually;
        if (answer == HangsUp)
        {
            return false;
        }

        if (answer == usually || answer == SaysNothing)
        {
            asUsual?.Invoke();
        }

        if (answer == SaysNothing)
        {
            await Task.Delay(Timeout.Infinite, stop.Token);
        }

        await writer.WriteLineAsync(answer.AsMemory(), stop.Token);
        return true;
    }

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
