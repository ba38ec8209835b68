using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Accounts;

/// <param name="Since">Their last day here: of a stay, of a booking, or of opening the account.</param>
public sealed record InactiveGuest(Guid Id, string Name, string Email, DateTimeOffset CreatedAt, DateOnly Since);

/// <summary>
/// Guests who have not booked for a year, whom nobody has written to because of it, and who get such mail. Travel deletes no account for that, as systems do
/// that count rows; it asks whether they would like to come again.
/// </summary>
public static class InactiveGuests
{
    private const int Days = 365;

    /// <summary>In one query. The oldest accounts come first; ids are version 7 UUIDs.</summary>
    /// <param name="after">The last one of those before; empty for the first.</param>
    public static Task<List<InactiveGuest>> FindAsync(TravelDbContext db, DateTimeOffset now, Guid after, int limit, CancellationToken cancellationToken)
    {
        var before = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-Days);
        return db.Database.SqlQuery<InactiveGuest>(
            $"""
            SELECT u.id AS "Id", u.display_name AS "Name", u.email AS "Email", u.created_at AS "CreatedAt", seen.last_on AS "Since"
            FROM users u
            CROSS JOIN LATERAL (
                SELECT greatest(
                    (u.created_at AT TIME ZONE 'UTC')::date,
                    (max(b.created_at) AT TIME ZONE 'UTC')::date,
                    max(b.check_out_on) FILTER (WHERE b.status IN ('Confirmed', 'Completed'))) AS last_on
                FROM bookings b WHERE b.guest_id = u.id) seen
            WHERE u.role = 'Guest' AND u.email_confirmed AND u.erased_at IS NULL AND (u.created_at AT TIME ZONE 'UTC')::date <= {before} AND seen.last_on <= {before}
                AND NOT EXISTS (SELECT FROM reminders r WHERE r.kind = 'Missed' AND r.about_id = u.id AND r.for_on = seen.last_on)
                AND NOT EXISTS (SELECT FROM suppressed_addresses s WHERE s.address = u.normalized_email)
                AND u.id > {after}
            ORDER BY u.id LIMIT {limit}
            """).ToListAsync(cancellationToken);
    }

    /// <summary>Whether one of them still is one.</summary>
    public static Task<bool> IsOneAsync(TravelDbContext db, Guid guestId, DateOnly since, CancellationToken cancellationToken)
    {
        var dayAfter = new DateTimeOffset(since.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return db.Users.AnyAsync(
            user => user.Id == guestId && user.ErasedAt == null && !db.Bookings.Any(booking => booking.GuestId == guestId && booking.CreatedAt >= dayAfter),
            cancellationToken);
    }
}
