namespace Travel.Domain.Caching;

/// <summary>
/// What the tags of an entry were at, read before its query ran. Whatever a query sees, a change that it does not see commits after this was
/// read and gives one of the tags another version: so an entry whose versions are all current is what the database would say.
/// </summary>
internal sealed class TagVersions(KnownTag[] tags, string[] versions)
{
    private const string Own = "here:";

    public IReadOnlyList<KnownTag> Tags => tags;

    public IReadOnlyList<string> Versions => versions;

    /// <summary>Whether they are those of Redis, so that others can make use of what is stored with them.</summary>
    public bool AreShared => !Array.Exists(versions, version => version.StartsWith(Own, StringComparison.Ordinal));

    public bool AreCurrent
    {
        get
        {
            for (var each = 0; each < tags.Length; each++)
            {
                if (tags[each].Version != versions[each])
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The same tags at the same versions, in whatever order.</summary>
    public bool Match(TagVersions others) =>
        tags.Length == others.Tags.Count && others.Tags.Select(tag => tag.Name).Zip(others.Versions).ToHashSet().SetEquals(tags.Select(tag => tag.Name).Zip(versions));

    /// <summary>As far as this process knows, and versions of its own for the others.</summary>
    public static TagVersions Here(KnownTag[] tags)
    {
        var own = Own + Guid.NewGuid().ToString("N");
        return new TagVersions(tags, Array.ConvertAll(tags, tag => tag.OrElse(own)));
    }

    /// <returns>Null when one of them is not known.</returns>
    public static TagVersions? IfKnown(KnownTag[] tags)
    {
        var versions = new string[tags.Length];
        for (var each = 0; each < tags.Length; each++)
        {
            if (tags[each].Version is not { } version)
            {
                return null;
            }

            versions[each] = version;
        }

        return new TagVersions(tags, versions);
    }
}
