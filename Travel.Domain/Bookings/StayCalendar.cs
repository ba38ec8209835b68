using System.Globalization;
using System.Text;

namespace Travel.Domain.Bookings;

/// <param name="Method">Of iTIP (RFC 5546): PUBLISH, or CANCEL for a stay that is off.</param>
public sealed record CalendarFile(string Method, string Text);

/// <summary>The stay as a calendar file (RFC 5545). The UID stays the same for a booking's life and SEQUENCE rises with its versions.</summary>
public static class StayCalendar
{
    private const int LongestLineBytes = 75;

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
            $"DTSTAMP:{Utc(stay.BookedAt)}",
            $"DTSTART:{Utc(stay.CheckIn)}",
            $"DTEND:{Utc(stay.CheckOut)}",
            $"SUMMARY:{Escape(stay.Title)}",
            $"LOCATION:{Escape($"{stay.City}, {stay.Country}")}",
            string.Create(CultureInfo.InvariantCulture, $"GEO:{stay.Latitude:F6};{stay.Longitude:F6}"),
            $"DESCRIPTION:{Escape(stay.Reference)}",
            .. stay.TripAddress is { } address ? [$"URL:{address}"] : Array.Empty<string>(),
            $"ORGANIZER:mailto:{organizer}",
            stay.IsOff ? "STATUS:CANCELLED" : "STATUS:CONFIRMED",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        return new CalendarFile(method, string.Concat(lines.Select(Fold)));
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");

    /// <summary>Lines end with CRLF and are folded before they exceed 75 octets, never inside a character.</summary>
    private static string Fold(string line)
    {
        var folded = new StringBuilder();
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LongestLineBytes)
            {
                folded.Append("\r\n ");
                bytes = 1;
            }

            folded.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        return folded.Append("\r\n").ToString();
    }
}
