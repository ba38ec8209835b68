using Travel.Contracts.Availability;

namespace Travel.Domain.Availability.Importing;

/// <summary>
/// Which nights another site's calendar takes. Tolerant of what is common and wrong, silent about nothing: what it cannot read it
/// says. In doubt a night is taken, since a night that is closed by mistake costs less than one that is let twice.
/// </summary>
internal static class CalendarReader
{
    /// <summary>More than a place can have in two years.</summary>
    public const int MostEvents = 5000;

    /// <summary>Of all events with their repetitions; a bound for what one line of a file can make of itself.</summary>
    public const int MostRepetitions = 20_000;

    /// <param name="listingId">For which it is read; what the listing itself has told others is left out.</param>
    /// <param name="zone">The listing's: whose date an hour belongs to.</param>
    /// <param name="bounds">What lies outside is left out.</param>
    public static CalendarReading Read(string text, Guid listingId, TimeZoneInfo zone, NightRange bounds)
    {
        var notes = new ReadingNotes();
        List<CalendarEvent> events = [];
        CalendarEvent? current = null;
        var (inside, begun, ended) = (0, false, false);
        foreach (var line in CalendarLine.In(text))
        {
            var component = line.Name is "BEGIN" or "END" ? line.Value.ToUpperInvariant() : null;
            if (!begun && (line.Name, component) != ("BEGIN", "VCALENDAR"))
            {
                break;
            }

            switch (line.Name)
            {
                case "BEGIN" when component == "VEVENT":
                    (current, inside) = (new CalendarEvent(), 0);
                    events.Add(current);
                    break;
                case "BEGIN" when current is not null:
                    inside++;
                    break;
                case "END" when component == "VEVENT":
                    current = null;
                    break;
                case "END" when current is not null && inside > 0:
                    inside--;
                    break;
                case not ("BEGIN" or "END") when inside == 0:
                    current?.Take(line);
                    break;
            }

            begun = true;
            ended = (line.Name, component) == ("END", "VCALENDAR");
            if (events.Count > MostEvents)
            {
                return new CalendarReading.TooMany();
            }
        }

        // Half a file read as a whole one would free the nights of the other half.
        return begun && ended ? NightsOf(events.Where(found => !found.IsEchoOf(listingId)).ToList(), zone, bounds, notes) : new CalendarReading.NotACalendar();
    }

    private static CalendarReading NightsOf(List<CalendarEvent> events, TimeZoneInfo zone, NightRange bounds, ReadingNotes notes)
    {
        var moved = events.Where(found => found.Replaces is not null).Select(found => (found.Uid, found.Replaces!.DateIn(zone))).ToHashSet();
        HashSet<EventNights> nights = [];
        var repetitions = 0;
        foreach (var found in events.Where(found => !found.IsCancelled))
        {
            if (found.IsFree)
            {
                notes.Free++;
                continue;
            }

            if (found.Start is null)
            {
                notes.WithoutStart++;
                continue;
            }

            notes.UnknownZones += found.Start.ZoneIsKnown ? 0 : 1;
            notes.WithoutEnd += found.EndIsUnreadable ? 1 : 0;
            notes.OddRepetitions += found.RepeatsOddly ? 1 : 0;
            foreach (var range in found.Nights(zone, bounds, on => found.Replaces is null && moved.Contains((found.Uid, on))))
            {
                nights.Add(new EventNights(found.Uid, range));
                if (++repetitions > MostRepetitions)
                {
                    return new CalendarReading.TooMany();
                }
            }
        }

        return new CalendarReading.Read([.. nights], notes.InWords());
    }
}

/// <param name="Uid">As the other calendar calls the event; empty when it does not.</param>
internal readonly record struct EventNights(string Uid, NightRange Nights);

internal abstract record CalendarReading
{
    private CalendarReading()
    {
    }

    /// <param name="Notes">What could not be taken as it stands, as sentences for the host.</param>
    public sealed record Read(IReadOnlyList<EventNights> Events, IReadOnlyList<string> Notes) : CalendarReading;

    public sealed record NotACalendar : CalendarReading;

    public sealed record TooMany : CalendarReading;
}
