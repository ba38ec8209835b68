using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Reviews;
using Travel.Domain.Listings;
using Travel.Domain.Mail;

namespace Travel.Domain.Reviews;

/// <summary>
/// Invites guests to say how it was: on the day after check-out, by the clock at the listing, unless they have. A day that was missed is
/// made up for while the stay is fresh.
/// </summary>
public sealed class InviteReviews(TravelDbContext db, TellOnce tell, TimeProvider clock)
{
    private const int Batch = 500;
    private const int DaysFresh = 3;

    private static readonly TimeOnly Morning = new(10, 0);

    /// <returns>How many.</returns>
    public Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Batches.SumAsync(
            after => NextAsync(after, now, cancellationToken),
            departure => departure.Id,
            departures => tell.ExecuteAsync(
                ReminderKind.Review, [.. departures.Where(departure => departure.IsDueAt(now)).Select(departure => departure.ToDue())], cancellationToken));
    }

    private Task<List<Departure>> NextAsync(Guid after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The first whose day after comes are those of UTC+14, the last who are still fresh those of UTC-12.
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = today.AddDays(-1 - DaysFresh);
        return db.Bookings
            .Where(booking => booking.Id > after && booking.Status == BookingStatus.Completed && booking.CheckOutOn >= first && booking.CheckOutOn <= today)
            .Where(booking => booking.Guest!.ErasedAt == null && !db.Reviews.Any(review => review.BookingId == booking.Id))
            .Where(booking => !db.Reminders.Any(told => told.Kind == ReminderKind.Review && told.AboutId == booking.Id && told.ForOn == booking.CheckOutOn))
            .OrderBy(booking => booking.Id)
            .Take(Batch)
            .Select(booking => new Departure(booking.Id, booking.Version, booking.CheckOutOn, booking.TimeZone))
            .ToListAsync(cancellationToken);
    }

    private sealed record Departure(Guid Id, int Version, DateOnly CheckOutOn, string TimeZone)
    {
        public bool IsDueAt(DateTimeOffset now)
        {
            var inviteAt = LocalTime.At(CheckOutOn.AddDays(1), Morning, TimeZone);
            return inviteAt <= now && now < inviteAt.AddDays(DaysFresh);
        }

        public Due<ReviewInvitationDue> ToDue() => new(Id, CheckOutOn, new ReviewInvitationDue(Id, Version));
    }
}
