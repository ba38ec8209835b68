using System.Text;
using Travel.Contracts.Availability;

namespace Travel.Domain.Availability.Importing;

/// <summary>A VEVENT as far as it says which nights are taken (RFC 5545, 3.6.1).</summary>
internal sealed class CalendarEvent
{
    private CalendarMoment? end;
    private TimeSpan? duration;
    private string? rule;
    private bool hasOtherDates;
    private readonly List<CalendarMoment> except = [];

    public string Uid { get; private set; } = "";

    public CalendarMoment? Start { get; private set; }

    /// <summary>Which repetition of the event with the same UID this one stands for.</summary>
    public CalendarMoment? Replaces { get; private set; }

    public bool IsCancelled { get; private set; }

    /// <summary>Somebody's note of something that takes no time.</summary>
    public bool IsFree { get; private set; }

    /// <summary>It says when it ends, and we cannot read it.</summary>
    public bool EndIsUnreadable { get; private set; }

    /// <summary>One of the listing's own that comes back: its nights are taken here already, or are free again.</summary>
    public bool IsEchoOf(Guid listingId) => Uid.EndsWith("@" + CalendarExport.UidDomainOf(listingId), StringComparison.OrdinalIgnoreCase);

    /// <summary>It repeats in a way that is not read; only its first nights are.</summary>
    public bool RepeatsOddly => hasOtherDates || (rule is not null && Start is not null && CalendarRecurrence.Of(rule, Start) is null);

    public void Take(CalendarLine line)
    {
        switch (line.Name)
        {
            case "UID": Uid = UidOf(line.Value); break;
            case "DTSTART": Start = CalendarMoment.Of(line); break;
            case "DTEND": EndIsUnreadable = (end = CalendarMoment.Of(line)) is null; break;
            case "DURATION": EndIsUnreadable = (duration = CalendarDuration.Of(line.Value)) is null; break;
            case "RECURRENCE-ID": Replaces = CalendarMoment.Of(line); break;
            case "RRULE": rule = line.Value; break;
            case "RDATE": hasOtherDates = true; break;
            case "EXDATE": except.AddRange(line.Value.Split(',').Select(value => CalendarMoment.Of(value.Trim(), line.Parameters.GetValueOrDefault("TZID"))).OfType<CalendarMoment>()); break;
            case "STATUS": IsCancelled = string.Equals(line.Value, "CANCELLED", StringComparison.OrdinalIgnoreCase); break;
            case "TRANSP": IsFree = string.Equals(line.Value, "TRANSPARENT", StringComparison.OrdinalIgnoreCase); break;
        }
    }

    /// <summary>The nights of the event and of its repetitions, on the listing's dates.</summary>
    /// <param name="isMoved">Whether the repetition of this date is somewhere else.</param>
    public IEnumerable<NightRange> Nights(TimeZoneInfo zone, NightRange bounds, Func<DateOnly, bool> isMoved)
    {
        var start = Start!;
        var ends = EndOf(start);
        var length = Math.Max(0, (ends.Local.Date - start.Local.Date).Days) + 1;
        var recurrence = rule is null ? null : CalendarRecurrence.Of(rule, start);
        var excepted = except.Select(day => DateOnly.FromDateTime(day.In(start.Zone))).ToHashSet();
        foreach (var shift in recurrence?.Shifts(start.Local, length, bounds.From, bounds.To) ?? [0])
        {
            var begins = start with { Local = start.Local.AddDays(shift) };
            if (excepted.Contains(DateOnly.FromDateTime(begins.Local)) || isMoved(begins.DateIn(zone)))
            {
                continue;
            }

            var from = begins.DateIn(zone);
            var to = (ends with { Local = ends.Local.AddDays(shift) }).DateIn(zone);
            // What begins and ends on one date takes its night: nobody says so who means none.
            var range = new NightRange(from, to > from ? to : from.AddDays(1)).Within(bounds);
            if (range.From < range.To)
            {
                yield return range;
            }
        }
    }

    /// <summary>As it can be kept: without control characters, of which the database refuses some, and with no character cut in two.</summary>
    private static string UidOf(string text)
    {
        var uid = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)))
        {
            if (uid.Length + rune.Utf16SequenceLength > ImportedEvent.LongestUid)
            {
                break;
            }

            uid.Append(rune.ToString());
        }

        return uid.ToString();
    }

    private CalendarMoment EndOf(CalendarMoment start) => (end, duration) switch
    {
        (not null, _) => end,
        (null, { } lasts) => start with { Local = start.Local + lasts },
        _ => start,
    };
}
