namespace Travel.Domain.Listings;

/// <summary>Moments by the clock on a wall somewhere.</summary>
public static class LocalTime
{
    /// <summary>The day on a calendar there.</summary>
    public static DateOnly DayAt(DateTimeOffset now, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);

    /// <summary>
    /// The instant at which the clock shows this, with the offset it has then. A time that the clock jumps over is as much later as the
    /// jump is long; of a time that comes twice it is the one in standard time.
    /// </summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var local = day.ToDateTime(time);
        var offset = zone.GetUtcOffset(zone.IsInvalidTime(local) ? local.AddDays(-1) : local);
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(local, offset), zone);
    }
}
