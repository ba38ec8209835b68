using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Travel.Domain.Caching;

/// <summary>
/// The first level: entries in this process's memory, bounded in bytes. Reading takes no lock. What has not been used since it was last looked at
/// goes first (second chance, also called clock).
/// </summary>
internal sealed class MemoryLevel(long mostBytes)
{
    /// <summary>One entry must not push out all others.</summary>
    private const int LargestPart = 8;

    private readonly ConcurrentDictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly LinkedList<Place> inOrder = [];
    private readonly Lock gate = new();
    private long bytes;

    public long Bytes => Interlocked.Read(ref bytes);

    public int Entries => places.Count;

    public bool TryGet(string key, [NotNullWhen(true)] out CacheEntry? entry)
    {
        if (!places.TryGetValue(key, out var place))
        {
            entry = null;
            return false;
        }

        // Looking first: a write by each reader would take the line from all others.
        if (!place.IsUsed)
        {
            place.IsUsed = true;
        }

        entry = place.Entry;
        return true;
    }

    /// <returns>How many others had to go.</returns>
    public int Set(string key, CacheEntry entry)
    {
        var size = entry.SizeWith(key);
        lock (gate)
        {
            RemoveLocked(key);
            if (size > mostBytes / LargestPart)
            {
                return 0;
            }

            var place = new Place(key, entry, size);
            place.Link = inOrder.AddLast(place);
            places[key] = place;
            Interlocked.Add(ref bytes, size);
            return EvictLocked(except: place);
        }
    }

    public void Remove(string key)
    {
        lock (gate)
        {
            RemoveLocked(key);
        }
    }

    private int EvictLocked(Place except)
    {
        var evicted = 0;
        while (bytes > mostBytes && inOrder.First is { } oldest)
        {
            if (oldest.Value.IsUsed || oldest.Value == except)
            {
                oldest.Value.IsUsed = false;
                inOrder.RemoveFirst();
                inOrder.AddLast(oldest);
                continue;
            }

            RemoveLocked(oldest.Value.Key);
            evicted++;
        }

        return evicted;
    }

    private void RemoveLocked(string key)
    {
        if (places.TryRemove(key, out var place))
        {
            inOrder.Remove(place.Link!);
            Interlocked.Add(ref bytes, -place.Size);
        }
    }

    private sealed class Place(string key, CacheEntry entry, long size)
    {
        private volatile bool isUsed;

        public string Key => key;

        public CacheEntry Entry => entry;

        public long Size => size;

        public LinkedListNode<Place>? Link { get; set; }

        public bool IsUsed
        {
            get => isUsed;
            set => isUsed = value;
        }
    }
}
