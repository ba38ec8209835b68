namespace Travel.Domain;

/// <summary>Waits that double from failure to failure, up to a longest one.</summary>
public static class BackOff
{
    /// <param name="failures">In a row, this one counted.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var times = Math.Pow(2, failures - 1);
        return times < longest / first ? first * times : longest;
    }
}
