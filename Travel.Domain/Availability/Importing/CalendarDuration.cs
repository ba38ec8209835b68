using System.Globalization;
using System.Text.RegularExpressions;

namespace Travel.Domain.Availability.Importing;

/// <summary>A DURATION of an iCalendar file (RFC 5545, 3.3.6): <c>P3D</c>, <c>PT20H</c>.</summary>
internal static partial class CalendarDuration
{
    /// <returns>Null for what is none, and for one that leads back in time.</returns>
    public static TimeSpan? Of(string value)
    {
        if (Form().Match(value) is not { Success: true } match)
        {
            return null;
        }

        return new TimeSpan((Number("weeks") * 7) + Number("days"), Number("hours"), Number("minutes"), Number("seconds"));

        int Number(string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^\+?P((?<weeks>[0-9]{1,4})W)?((?<days>[0-9]{1,5})D)?(T((?<hours>[0-9]{1,6})H)?((?<minutes>[0-9]{1,6})M)?((?<seconds>[0-9]{1,6})S)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
