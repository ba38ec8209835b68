namespace Travel.Domain.Caching;

/// <summary>
/// A tag that this process has met, and its version as far as that is known. Entries hold on to it, so that looking whether they are still good
/// costs a comparison for each tag and no look-up.
/// </summary>
internal sealed class KnownTag(string name)
{
    private readonly Lock gate = new();
    private volatile string? version;
    private int stamp;
    private bool isRetired;

    public string Name => name;

    /// <summary>Null when it is to be asked for: something tagged with it has changed, or this process may have missed that.</summary>
    public string? Version => version;

    /// <summary>Another one after each <see cref="Forget"/>.</summary>
    public int Stamp => Volatile.Read(ref stamp);

    public void Forget()
    {
        lock (gate)
        {
            stamp++;
            version = null;
        }
    }

    /// <summary>Nobody will tell it anything any more, so it is never to be believed again.</summary>
    public void Retire()
    {
        lock (gate)
        {
            isRetired = true;
            stamp++;
            version = null;
        }
    }

    /// <summary>Believes what Redis has said, unless the tag was forgotten while that was on its way: then it may be what was before.</summary>
    /// <param name="since">The stamp before Redis was asked.</param>
    public void Learn(string seen, int since)
    {
        lock (gate)
        {
            if (stamp == since && !isRetired)
            {
                version = seen;
            }
        }
    }

    /// <summary>With Redis away: the version that is known, else this one, which is this process's own.</summary>
    public string OrElse(string own)
    {
        lock (gate)
        {
            return isRetired ? own : version ??= own;
        }
    }
}
