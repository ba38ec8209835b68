using System.Security.Cryptography;
using Travel.Contracts.Availability;
using Travel.Domain.Calendars;

namespace Travel.Domain.Availability;

/// <summary>A listing's taken nights as an iCalendar file (RFC 5545): that they are taken, never by whom.</summary>
public static class CalendarExport
{
    /// <summary>By this our own events are known when they come back through another site's calendar. Never to be changed.</summary>
    public const string UidDomain = "nights.travel.test";

    public static string Of(string title, IEnumerable<(Guid OccupancyId, NightRange Nights)> taken, DateTimeOffset now) => CalendarText.Of(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Travel//Availability//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        $"X-WR-CALNAME:{CalendarText.Escape(title)}",
        .. taken.SelectMany(nights => Event(nights.OccupancyId, nights.Nights, now)),
        "END:VCALENDAR",
    ]);

    private static string[] Event(Guid occupancyId, NightRange nights, DateTimeOffset now) =>
    [
        "BEGIN:VEVENT",
        $"UID:{UidOf(occupancyId)}@{UidDomain}",
        $"DTSTAMP:{CalendarText.Utc(now)}",
        $"DTSTART;VALUE=DATE:{CalendarText.Date(nights.From)}",
        $"DTEND;VALUE=DATE:{CalendarText.Date(nights.To)}",
        "SUMMARY:Not available",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ];

    // A version 7 id says when it was made, and so when somebody booked; its hash does not.
    private static string UidOf(Guid occupancyId) => Convert.ToHexStringLower(SHA256.HashData(occupancyId.ToByteArray()).AsSpan(0, 16));
}
