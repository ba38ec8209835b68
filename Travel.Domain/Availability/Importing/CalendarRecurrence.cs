using System.Globalization;

namespace Travel.Domain.Availability.Importing;

/// <summary>
/// An RRULE (RFC 5545, 3.3.10) of the kind that is met in calendars of stays: every so many days or weeks. Others are not read, and
/// whoever asks is told so.
/// </summary>
/// <param name="Until">The last moment at which it may begin, on the event's own clock; null for none.</param>
internal sealed record CalendarRecurrence(int StepDays, int? Count, DateTime? Until)
{
    public static CalendarRecurrence? Of(string rule, CalendarMoment start)
    {
        var (days, interval, count, until, weekday) = (0, 1, (int?)null, (DateTime?)null, (string?)null);
        foreach (var part in rule.ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var understood = part.Split('=', 2) switch
            {
                ["FREQ", "DAILY"] => (days = 1) > 0,
                ["FREQ", "WEEKLY"] => (days = 7) > 0,
                ["INTERVAL", var number] => TryRead(number, out interval),
                ["COUNT", var number] => TryRead(number, out var times) && (count = times) > 0,
                ["UNTIL", var moment] => (until = UntilOf(moment, start)) is not null,
                ["WKST", _] => true,
                ["BYDAY", var day] => (weekday = day).Length == 2,
                _ => false,
            };
            if (!understood)
            {
                return null;
            }
        }

        var onItsOwnDay = weekday is null || (days == 7 && weekday.Equals(start.Local.DayOfWeek.ToString()[..2], StringComparison.OrdinalIgnoreCase));
        return days == 0 || !onItsOwnDay ? null : new CalendarRecurrence(days * interval, count, until);
    }

    /// <summary>By how many days each repetition is later than the first, for those that may still touch the bounds.</summary>
    /// <param name="lengthDays">How many dates one repetition may reach over.</param>
    public IEnumerable<int> Shifts(DateTime start, int lengthDays, DateOnly from, DateOnly to)
    {
        var first = DateOnly.FromDateTime(start).DayNumber;
        // One day of grace on each side: in another zone it may be another date.
        for (var index = Math.Max(0, (from.DayNumber - 1 - first - lengthDays) / StepDays); Count is null || index < Count; index++)
        {
            var shift = (long)index * StepDays;
            if (first + shift > to.DayNumber + 1 || start.AddDays(shift) > Until)
            {
                yield break;
            }

            yield return (int)shift;
        }
    }

    private static bool TryRead(string number, out int value) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is >= 1 and <= 9999;

    private static DateTime? UntilOf(string text, CalendarMoment start) => CalendarMoment.Of(text, zoneName: null) switch
    {
        null => null,
        { IsDate: true } date => date.Local.AddDays(1).AddTicks(-1),
        var moment => moment.In(start.Zone),
    };
}
