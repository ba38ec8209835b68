using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Mail;

namespace Travel.Domain.Bookings;

/// <summary>
/// Reminds guests of their stay: from nine in the morning of the day before, by the clock at the listing, until it has begun. Of a stay
/// that is moved afterwards they are reminded again, for its new day; unless that is so near that the news of it is the reminder.
/// </summary>
public sealed class RemindOfCheckIn(TravelDbContext db, TellOnce tell, TimeProvider clock)
{
    internal const int Batch = 500;

    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>What a guest gets a mail for that says all of it.</summary>
    private static readonly string[] Telling = ["confirmed", "changed"];

    /// <returns>How many.</returns>
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Batches.SumAsync(
            after => NextAsync(after, now, cancellationToken),
            arrival => arrival.Id,
            arrivals => tell.ExecuteAsync(
                ReminderKind.CheckIn, [.. arrivals.Where(arrival => arrival.IsDueAt(now)).Select(arrival => arrival.ToDue())], cancellationToken));
    }

    private Task<List<Arrival>> NextAsync(Guid after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // From the last stays of UTC-12 that have not begun to the first of UTC+14 whose day before has come.
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var (first, last) = (today.AddDays(-1), today.AddDays(2));
        return db.Bookings
            .Where(booking => booking.Id > after && booking.Status == BookingStatus.Confirmed && booking.CheckInOn >= first && booking.CheckInOn <= last)
            .Where(booking => !db.Reminders.Any(told => told.Kind == ReminderKind.CheckIn && told.AboutId == booking.Id && told.ForOn == booking.CheckInOn))
            .OrderBy(booking => booking.Id)
            .Take(Batch)
            .Select(booking => new Arrival(
                booking.Id, booking.Version, booking.CheckInOn, booking.CheckInTime, booking.TimeZone,
                booking.Timeline.Where(entry => Telling.Contains(entry.Event)).Max(entry => (DateTimeOffset?)entry.At) ?? booking.CreatedAt))
            .ToListAsync(cancellationToken);
    }

    private sealed record Arrival(Guid Id, int Version, DateOnly CheckInOn, TimeOnly CheckInTime, string TimeZone, DateTimeOffset ToldAt)
    {
        /// <summary>Whose stay was confirmed or moved later than that has just been told all of it.</summary>
        public bool IsDueAt(DateTimeOffset now)
        {
            var remindAt = LocalTime.At(CheckInOn.AddDays(-1), Morning, TimeZone);
            return ToldAt < remindAt && remindAt <= now && now < LocalTime.At(CheckInOn, CheckInTime, TimeZone);
        }

        public Due<CheckInReminderDue> ToDue() => new(Id, CheckInOn, new CheckInReminderDue(Id, Version, CheckInOn));
    }
}
