using System.Globalization;
using Travel.Domain.Calendars;

namespace Travel.Worker.Mail;

/// <summary>The stay as a calendar file (RFC 5545). The UID stays the same for a booking's life and SEQUENCE rises with its versions.</summary>
internal static class StayCalendar
{
    public static string Of(BookedStay stay, int version, string organizer)
    {
        string[] lines =
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Travel//Stays//EN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            $"UID:{stay.BookingId:N}@travel",
            $"SEQUENCE:{(version - 1).ToString(CultureInfo.InvariantCulture)}",
            $"DTSTAMP:{CalendarText.Utc(stay.BookedAt)}",
            $"DTSTART:{CalendarText.Utc(stay.CheckIn)}",
            $"DTEND:{CalendarText.Utc(stay.CheckOut)}",
            $"SUMMARY:{CalendarText.Escape(stay.Title)}",
            $"LOCATION:{CalendarText.Escape($"{stay.City}, {stay.Country}")}",
            string.Create(CultureInfo.InvariantCulture, $"GEO:{stay.Latitude:F6};{stay.Longitude:F6}"),
            $"DESCRIPTION:{CalendarText.Escape(stay.Reference)}",
            $"URL:{stay.TripAddress}",
            $"ORGANIZER:mailto:{organizer}",
            "STATUS:CONFIRMED",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        return CalendarText.Of(lines);
    }
}
