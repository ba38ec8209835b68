using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last lines of one console, and those who follow it.</summary>
internal sealed class ConsoleLog
{
    private const int Kept = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<LogLine> lines = new();
    private readonly List<ChannelWriter<LogLine>> followers = [];
    private int count;

    public void Append(string content, bool isError)
    {
        lock (gate)
        {
            var line = new LogLine(++count, content, isError);
            lines.Enqueue(line);
            if (lines.Count > Kept)
                lines.Dequeue();
            foreach (var follower in followers)
                follower.TryWrite(line);
        }
    }

    public IReadOnlyList<LogLine> Written()
    {
        lock (gate)
            return [.. lines];
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<LogLine>(new() { SingleReader = true });
        LogLine[] written;
        lock (gate)
        {
            written = [.. lines];
            followers.Add(channel.Writer);
        }
        try
        {
            if (written.Length > 0)
                yield return written;
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            lock (gate)
                followers.Remove(channel.Writer);
        }
    }
}

internal sealed class ConsoleLogger(Func<IReadOnlyList<ConsoleLog>> logs, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception) + (exception is null ? "" : Environment.NewLine + exception);
        var stamp = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        foreach (var log in logs())
        {
            foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
                log.Append($"{stamp} {line}", logLevel >= LogLevel.Error);
        }
    }
}
