namespace Travel.Tests.Fixtures;

/// <summary>A clock on which every wait is over at once; and that knows how long each was to be.</summary>
internal sealed class ShortWaits : TimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
