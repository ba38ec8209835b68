namespace Travel.Domain.Listings;

/// <summary>Moments at a listing, by the clock on its wall.</summary>
public static class LocalTime
{
    public static DateTimeOffset CheckInAt(this Listing listing, DateOnly checkIn) => At(checkIn, listing.CheckInTime, listing.TimeZone);

    public static DateTimeOffset CheckOutAt(this Listing listing, DateOnly checkOut) => At(checkOut, listing.CheckOutTime, listing.TimeZone);

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
