using System.Globalization;
using System.Text.RegularExpressions;

namespace Travel.Domain.Availability.Importing;

/// <summary>A DATE or DATE-TIME of an iCalendar file (RFC 5545, 3.3.4 and 3.3.5).</summary>
/// <param name="Local">As the clock on the wall says it; a date is its midnight.</param>
/// <param name="Zone">Where that wall is; null for dates, and for times that are the same everywhere.</param>
internal sealed partial record CalendarMoment(DateTime Local, TimeZoneInfo? Zone, bool IsDate)
{
    // Far from what the calendar can reckon with, and far from any stay. Some write year 9999 for "for ever".
    private const int FirstYear = 1900;
    private const int LastYear = 2200;

    /// <summary>Whether the time zone it names is one we know; if not it is read as local.</summary>
    public bool ZoneIsKnown { get; private init; } = true;

    public static CalendarMoment? Of(CalendarLine line) => Of(line.Value, line.Parameters.GetValueOrDefault("TZID"));

    public static CalendarMoment? Of(string value, string? zoneName)
    {
        if (Form().Match(value) is not { Success: true } match || DateTimeOf(match) is not { } local)
        {
            return null;
        }

        if (!match.Groups["hour"].Success)
        {
            return new CalendarMoment(local, Zone: null, IsDate: true);
        }

        if (match.Groups["utc"].Success)
        {
            return new CalendarMoment(local, TimeZoneInfo.Utc, IsDate: false);
        }

        var zone = zoneName is null ? null : ZoneOf(zoneName);
        return new CalendarMoment(local, zone, IsDate: false) { ZoneIsKnown = zoneName is null || zone is not null };
    }

    /// <summary>The date it is then on a wall in this zone.</summary>
    public DateOnly DateIn(TimeZoneInfo zone) => DateOnly.FromDateTime(In(zone));

    /// <summary>The same moment on the clock of another's wall; the same words where there is none.</summary>
    public DateTime In(TimeZoneInfo? zone) =>
        Zone is null || zone is null ? Local : TimeZoneInfo.ConvertTime(new DateTimeOffset(Local, Zone.GetUtcOffset(Local)), zone).DateTime;

    private static DateTime? DateTimeOf(Match match)
    {
        var year = Number("year");
        if (year is < FirstYear or > LastYear)
        {
            return new DateTime(Math.Clamp(year, FirstYear, LastYear), 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        }

        var (month, day, hour, minute, second) = (Number("month"), Number("day"), Number("hour"), Number("minute"), Number("second"));
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour <= 23 && minute <= 59 && second <= 60
            ? new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Unspecified)
            : null;

        int Number(string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>An IANA or Windows name, also with a maker's prefix: <c>/mozilla.org/20050126_1/Europe/Berlin</c>.</summary>
    private static TimeZoneInfo? ZoneOf(string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // Names end up in file names; ours are the only ones that may.
        return from(parts) ?? (parts.Length > 2 ? from(parts[^2..]) : null);

        static TimeZoneInfo? from(string[] parts) =>
            string.Join('/', parts) is { Length: > 0 and <= 64 } name && ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
                ? zone
                : null;
    }

    [GeneratedRegex(@"^(?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})(T(?<hour>[0-9]{2})(?<minute>[0-9]{2})(?<second>[0-9]{2})(?<utc>Z)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[A-Za-z0-9_+\-/ ()&]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ZoneName();
}
