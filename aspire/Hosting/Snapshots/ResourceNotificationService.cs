using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The board on which the last snapshot of everything hangs: who knows something new replaces it, who wants to know watches.</summary>
public partial class ResourceNotificationService
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock watchersLock = new();
    private readonly List<ChannelWriter<ResourceEvent>> watchers = [];
    private readonly ResourceLoggerService loggers;
    private readonly IServiceProvider services;

    internal ResourceNotificationService(ResourceLoggerService loggers, IServiceProvider services)
    {
        this.loggers = loggers;
        this.services = services;
    }

    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var name in resource.GetResolvedResourceNames())
            await PublishUpdateAsync(resource, name, stateFactory);
    }

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        var entry = entries.GetOrAdd(resourceId, _ => new(resource));
        lock (entry)
        {
            var previous = entry.Last ?? SnapshotDecoration.Initial(resource);
            var next = SnapshotDecoration.Decorate(resource, stateFactory(previous), services);
            // DCP repeats what it has already said whenever a watch begins anew.
            if (entry.Last is not null && previous.SameAs(next))
                return Task.CompletedTask;
            entry.Last = next with { Version = previous.Version + 1 };
            Tell(new(resource, resourceId, entry.Last));
        }
        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        resourceEvent = null;
        if (entries.TryGetValue(resourceId, out var exact) && exact.Last is { } snapshot)
        {
            resourceEvent = new(exact.Resource, resourceId, snapshot);
            return true;
        }
        // By the model's name only where that is unambiguous, that is, with one process.
        var byName = entries.Where(e => string.Equals(e.Value.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        if (byName is [{ Value.Last: { } only }])
            resourceEvent = new(byName[0].Value.Resource, byName[0].Key, only);
        return resourceEvent is not null;
    }

    /// <summary>The last snapshot of each resource, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new() { SingleReader = true });
        lock (watchersLock)
            watchers.Add(channel.Writer);
        try
        {
            var seen = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
            foreach (var (id, entry) in entries)
            {
                if (entry.Last is not { } snapshot)
                    continue;
                seen[id] = snapshot.Version;
                yield return new(entry.Resource, id, snapshot);
            }
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                if (seen.TryGetValue(change.ResourceId, out var version) && change.Snapshot.Version <= version)
                    continue;
                yield return change;
            }
        }
        finally
        {
            lock (watchersLock)
                watchers.Remove(channel.Writer);
        }
    }

    private void Tell(ResourceEvent change)
    {
        lock (watchersLock)
        {
            foreach (var watcher in watchers)
                watcher.TryWrite(change);
        }
    }

    private sealed class Entry(IResource resource)
    {
        public IResource Resource { get; } = resource;

        public CustomResourceSnapshot? Last { get; set; }
    }
}
