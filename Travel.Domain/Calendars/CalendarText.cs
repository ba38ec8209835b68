using System.Text;

namespace Travel.Domain.Calendars;

/// <summary>How lines and values of an iCalendar file are written (RFC 5545, 3.1 and 3.3.11).</summary>
public static class CalendarText
{
    private const int LongestLineBytes = 75;

    /// <summary>The lines as one text, each folded and ended as the RFC wants it.</summary>
    public static string Of(IEnumerable<string> lines) => string.Concat(lines.Select(Fold));

    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public static string Date(DateOnly day) => day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    public static string Escape(string text) => text
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
