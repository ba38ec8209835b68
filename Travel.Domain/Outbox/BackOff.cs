namespace Travel.Domain.Outbox;

/// <summary>Waits that double from failure to failure, up to a longest one.</summary>
internal static class BackOff
{
    /// <param name="failures">In a row, this one counted.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var doublings = Math.Min(failures - 1, 30);
        var wait = first * Math.Pow(2, doublings);
        return wait < longest ? wait : longest;
    }
}
