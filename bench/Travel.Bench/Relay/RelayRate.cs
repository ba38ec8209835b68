namespace Travel.Bench.Relay;

internal static class RelayRate
{
    /// <summary>
    /// Messages a second between the first batch and the last. When the relay began with the first one is not noted anywhere, so the first
    /// batch is where the time begins, and not counted.
    /// </summary>
    /// <param name="publishedAt">When each message was noted as published; a batch has one moment.</param>
    public static double Of(IReadOnlyCollection<DateTimeOffset> publishedAt)
    {
        var (first, last) = (publishedAt.Min(), publishedAt.Max());
        return first == last
            ? throw new ArgumentException("All of them were one batch.", nameof(publishedAt))
            : publishedAt.Count(at => at > first) / (last - first).TotalSeconds;
    }
}
