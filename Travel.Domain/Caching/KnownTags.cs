using System.Collections.Concurrent;

namespace Travel.Domain.Caching;

/// <summary>All tags that this process has met.</summary>
/// <param name="most">How many are kept. With more of them all are forgotten, which costs a look at Redis for each entry, and nothing else.</param>
internal sealed class KnownTags(int most = KnownTags.Most)
{
    public const int Most = 200_000;

    private readonly ConcurrentDictionary<string, KnownTag> tags = new(StringComparer.Ordinal);
    private readonly KnownTag everything = new(CacheTags.Everything);

    // What the dictionary says of itself takes all its locks, and this is asked at each hit.
    private int met;

    /// <summary>These, and first the one that all entries have. Whoever holds them hears of each touch from now on.</summary>
    public KnownTag[] Of(IReadOnlyList<string> names)
    {
        if (Volatile.Read(ref met) >= most)
        {
            RetireAll();
        }

        var known = new KnownTag[names.Count + 1];
        known[0] = everything;
        for (var each = 0; each < names.Count; each++)
        {
            known[each + 1] = tags.TryGetValue(names[each], out var tag) ? tag : Meet(names[each]);
        }

        return known;
    }

    private KnownTag Meet(string name)
    {
        var mine = new KnownTag(name);
        var tag = tags.GetOrAdd(name, mine);
        if (tag == mine)
        {
            Interlocked.Increment(ref met);
        }

        return tag;
    }

    private void RetireAll()
    {
        foreach (var name in tags.Keys)
        {
            // The one that is taken out, whoever has put it there: one that is neither there nor retired would never hear of anything again.
            if (tags.TryRemove(name, out var gone))
            {
                Interlocked.Decrement(ref met);
                gone.Retire();
            }
        }
    }

    public void Forget(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (name == CacheTags.Everything)
            {
                ForgetAll();
            }
            else if (tags.TryGetValue(name, out var tag))
            {
                tag.Forget();
            }
        }
    }

    public void ForgetAll()
    {
        everything.Forget();
        foreach (var tag in tags.Values)
        {
            tag.Forget();
        }
    }
}
