using System.Collections.Concurrent;

namespace Travel.Domain.Caching;

/// <summary>All tags that this process has met.</summary>
/// <param name="most">How many are kept. With more of them all are forgotten, which costs a look at Redis for each entry, and nothing else.</param>
internal sealed class KnownTags(int most = KnownTags.Most)
{
    public const int Most = 200_000;

    private readonly ConcurrentDictionary<string, KnownTag> tags = new(StringComparer.Ordinal);
    private readonly KnownTag everything = new(CacheTags.Everything);

    /// <summary>These, and first the one that all entries have. Whoever holds them hears of each touch from now on.</summary>
    public KnownTag[] Of(IReadOnlyList<string> names)
    {
        if (tags.Count >= most)
        {
            foreach (var (name, tag) in tags)
            {
                tags.TryRemove(name, out _);
                tag.Retire();
            }
        }

        var known = new KnownTag[names.Count + 1];
        known[0] = everything;
        for (var each = 0; each < names.Count; each++)
        {
            known[each + 1] = tags.GetOrAdd(names[each], static name => new KnownTag(name));
        }

        return known;
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
