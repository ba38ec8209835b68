using System.Security.Cryptography;
using Travel.Contracts.Availability;
using Travel.Domain.Calendars;

namespace Travel.Domain.Availability;

/// <summary>A listing's taken nights as an iCalendar file (RFC 5545): that they are taken, never by whom.</summary>
public static class CalendarExport
{
    /// <summary>
    /// Ends the UIDs of a listing's events. By it they are known when they come back to the listing through another site's calendar;
    /// those of another listing of ours are news like any other's. Never to be changed.
    /// </summary>
    public static string UidDomainOf(Guid listingId) => $"{HashOf(listingId, 8)}.nights.travel.test";

    public static string Of(Guid listingId, string title, IEnumerable<(Guid OccupancyId, NightRange Nights)> taken, DateTimeOffset now) => CalendarText.Of(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Travel//Availability//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        $"X-WR-CALNAME:{CalendarText.Escape(title)}",
        .. taken.SelectMany(nights => Event($"{HashOf(nights.OccupancyId, 16)}@{UidDomainOf(listingId)}", nights.Nights, now)),
        "END:VCALENDAR",
    ]);

    private static string[] Event(string uid, NightRange nights, DateTimeOffset now) =>
    [
        "BEGIN:VEVENT",
        $"UID:{uid}",
        $"DTSTAMP:{CalendarText.Utc(now)}",
        $"DTSTART;VALUE=DATE:{CalendarText.Date(nights.From)}",
        $"DTEND;VALUE=DATE:{CalendarText.Date(nights.To)}",
        "SUMMARY:Not available",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ];

    // A version 7 id says when it was made, and so when somebody booked; its hash does not.
    private static string HashOf(Guid id, int bytes) => Convert.ToHexStringLower(SHA256.HashData(id.ToByteArray()).AsSpan(0, bytes));
}
