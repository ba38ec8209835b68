namespace Travel.Tests.Caching;

/// <summary>
/// What somebody wrote of one thing, one after another and each value once, and so what may be seen of it when. All moments are of one monotonic clock.
/// </summary>
/// <param name="initial">What it is before the first write.</param>
internal sealed class CommittedHistory(string initial)
{
    private readonly List<Version> versions = [new(TimeSpan.MinValue, TimeSpan.MinValue)];
    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal) { [initial] = 0 };

    public int Writes => versions.Count - 1;

    /// <summary>From now on it may be seen.</summary>
    public void Begin(string value, TimeSpan at)
    {
        indexes.Add(value, versions.Count);
        versions.Add(new Version(at, Committed: null));
    }

    /// <summary>The last one is surely committed: its writer has been told so.</summary>
    public void Commit(TimeSpan at) => versions[^1] = versions[^1] with { Committed = at };

    /// <param name="begun">Before the question was sent: what was committed by then must be in the answer.</param>
    /// <param name="read">When all of the answer was there.</param>
    /// <returns>How long it had been another by the time of the question; null when nobody had begun to write it by the time of the answer.</returns>
    public TimeSpan? StalenessOf(string seen, TimeSpan begun, TimeSpan read)
    {
        if (!indexes.TryGetValue(seen, out var index) || versions[index].Begun > read)
        {
            return null;
        }

        return index + 1 < versions.Count && versions[index + 1].Committed is { } replaced && replaced < begun ? begun - replaced : TimeSpan.Zero;
    }

    private sealed record Version(TimeSpan Begun, TimeSpan? Committed);
}
