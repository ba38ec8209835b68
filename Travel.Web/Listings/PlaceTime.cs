using System.Globalization;
using Travel.Contracts.Listings;

namespace Travel.Web.Listings;

/// <summary>Days and hours as the clock on the listing's wall shows them.</summary>
internal static class PlaceTime
{
    public static DateOnly Today(string timeZone, TimeProvider time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone(timeZone)).DateTime);

    /// <summary>Today in the last place on earth that has it: nobody's present is refused by a form that does not know where.</summary>
    public static DateOnly EarliestToday(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().AddHours(-12).DateTime);

    /// <summary><c>Addis Ababa time, UTC+3</c></summary>
    public static string ZoneName(string timeZone, DateOnly on)
    {
        var offset = Zone(timeZone).GetUtcOffset(on.ToDateTime(new TimeOnly(12, 0)));
        var hours = offset.ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture);
        var city = timeZone[(timeZone.LastIndexOf('/') + 1)..].Replace('_', ' ');
        return $"{city} time, UTC{(offset < TimeSpan.Zero ? "−" : "+")}{hours}";
    }

    /// <summary>An instant on the listing's clock: <c>Wed 23 Dec 2026, 14:00</c>.</summary>
    public static string Moment(DateTimeOffset at, string timeZone) =>
        TimeZoneInfo.ConvertTime(at, Zone(timeZone)).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Until when the better half of the terms holds.</summary>
    public static DateTimeOffset CancelBy(CancellationPolicy policy, DateOnly checkIn, TimeOnly checkInTime, string timeZone) =>
        At(checkIn, checkInTime, timeZone) - policy switch
        {
            CancellationPolicy.Flexible => TimeSpan.FromHours(24),
            CancellationPolicy.Moderate => TimeSpan.FromDays(5),
            _ => TimeSpan.FromDays(7),
        };

    /// <summary>The instant at which the clock there shows this.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, string timeZone)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, Zone(timeZone).GetUtcOffset(local));
    }

    // A zone this machine does not know is no reason to hide the listing.
    private static TimeZoneInfo Zone(string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
