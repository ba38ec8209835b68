using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console of every resource: what its processes write and what the host has to say about it.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ConsoleLog> logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider time;

    internal ResourceLoggerService(TimeProvider time) => this.time = time;

    /// <summary>Writes to the consoles of all processes of the resource.</summary>
    public ILogger GetLogger(IResource resource) =>
        new ConsoleLogger(() => [.. resource.GetResolvedResourceNames().Select(LogOf)], time);

    public ILogger GetLogger(string resourceName) => new ConsoleLogger(() => [LogOf(resourceName)], time);

    /// <summary>What has been written so far, then what follows.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName)
    {
        await foreach (var lines in LogOf(resourceName).WatchAsync(CancellationToken.None))
            yield return lines;
    }

    internal IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName, CancellationToken cancellationToken) =>
        LogOf(resourceName).WatchAsync(cancellationToken);

    internal IReadOnlyList<LogLine> Written(string resourceName) => LogOf(resourceName).Written();

    internal void Append(string resourceName, string content, bool isError) => LogOf(resourceName).Append(content, isError);

    private ConsoleLog LogOf(string name) => logs.GetOrAdd(name, _ => new());
}
