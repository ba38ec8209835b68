namespace Travel.Domain.Outbox;

/// <summary>How many rows to claim next: few while little is to be told, so that nobody waits for others' confirms; many in a rush.</summary>
internal sealed class BatchSize(int smallest, int largest)
{
    public int Current { get; private set; } = Math.Min(smallest, largest);

    /// <summary>The last batch was full, so there is more.</summary>
    public void Grow() => Current = Math.Min(Current * 2, largest);

    /// <summary>It was not.</summary>
    public void Shrink() => Current = Math.Max(Current / 2, Math.Min(smallest, largest));
}
