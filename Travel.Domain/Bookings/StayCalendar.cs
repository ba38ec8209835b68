using System.Globalization;
using Travel.Domain.Calendars;

namespace Travel.Domain.Bookings;

/// <param name="Method">Of iTIP (RFC 5546): PUBLISH, or CANCEL for a stay that is off.</param>
public sealed record CalendarFile(string Method, string Text);

/// <summary>The stay as a calendar file (RFC 5545). The UID stays the same for a booking's life and SEQUENCE rises with its versions.</summary>
public static class StayCalendar
{
    public static CalendarFile Of(BookedStay stay, string organizer)
    {
        var method = stay.IsOff ? "CANCEL" : "PUBLISH";
        string[] lines =
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Travel//Stays//EN",
            $"METHOD:{method}",
            "BEGIN:VEVENT",
            $"UID:{stay.BookingId:N}@travel",
            $"SEQUENCE:{(stay.Version - 1).ToString(CultureInfo.InvariantCulture)}",
            $"DTSTAMP:{CalendarText.Utc(stay.BookedAt)}",
            $"DTSTART:{CalendarText.Utc(stay.CheckIn)}",
            $"DTEND:{CalendarText.Utc(stay.CheckOut)}",
            $"SUMMARY:{CalendarText.Escape(stay.Title)}",
            $"LOCATION:{CalendarText.Escape($"{stay.City}, {stay.Country}")}",
            string.Create(CultureInfo.InvariantCulture, $"GEO:{stay.Latitude:F6};{stay.Longitude:F6}"),
            $"DESCRIPTION:{CalendarText.Escape(stay.Reference)}",
            .. stay.TripAddress is { } address ? [$"URL:{address}"] : Array.Empty<string>(),
            $"ORGANIZER:mailto:{organizer}",
            $"STATUS:{StatusOf(stay)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        return new CalendarFile(method, CalendarText.Of(lines));
    }

    private static string StatusOf(BookedStay stay) => stay switch
    {
        { IsOff: true } => "CANCELLED",
        { IsTentative: true } => "TENTATIVE",
        _ => "CONFIRMED",
    };
}
