using System.Globalization;
using System.Text;

namespace Travel.Worker.Mail;

/// <summary>The stay as a calendar file (RFC 5545). The UID stays the same for a booking's life and SEQUENCE rises with its versions.</summary>
internal static class StayCalendar
{
    private const int LongestLineBytes = 75;

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
            $"DTSTAMP:{Utc(stay.BookedAt)}",
            $"DTSTART:{Utc(stay.CheckIn)}",
            $"DTEND:{Utc(stay.CheckOut)}",
            $"SUMMARY:{Escape(stay.Title)}",
            $"LOCATION:{Escape($"{stay.City}, {stay.Country}")}",
            string.Create(CultureInfo.InvariantCulture, $"GEO:{stay.Latitude:F6};{stay.Longitude:F6}"),
            $"DESCRIPTION:{Escape(stay.Reference)}",
            $"URL:{stay.TripAddress}",
            $"ORGANIZER:mailto:{organizer}",
            "STATUS:CONFIRMED",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        return string.Concat(lines.Select(Fold));
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
