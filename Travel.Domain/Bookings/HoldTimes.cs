using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

public static class HoldTimes
{
    /// <summary>
    /// Until when something is waited for that takes this long: never beyond the day of check-in at the listing. Nobody pays for, or
    /// accepts, a night that is over.
    /// </summary>
    public static DateTimeOffset Until(Listing listing, DateOnly checkIn, TimeSpan wait, DateTimeOffset now)
    {
        var dayIsOver = LocalTime.At(checkIn.AddDays(1), TimeOnly.MinValue, listing.TimeZone).ToUniversalTime();
        return now + wait < dayIsOver ? now + wait : dayIsOver;
    }
}
