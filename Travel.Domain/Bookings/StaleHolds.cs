using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Outbox;

namespace Travel.Domain.Bookings;

/// <summary>The first step of a turn at a listing where something has lost its time: it gives its nights back.</summary>
internal static class StaleHolds
{
    public static async Task ExpireAsync(TravelDbContext db, Guid listingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var holds = await db.Bookings
            .Where(booking => booking.ListingId == listingId && booking.Status == BookingStatus.Held && booking.HoldExpiresAt <= now)
            .ToListAsync(cancellationToken);
        var changes = await db.BookingChanges.Include(change => change.Booking)
            .Where(change => change.ListingId == listingId && change.Status == BookingChangeStatus.Pending && change.ExpiresAt <= now)
            .ToListAsync(cancellationToken);
        foreach (var hold in holds)
        {
            hold.Expire(now);
            db.Outbox.Add(OutboxMessage.Of(new BookingExpired(hold.Id, hold.Version, WasRequest: false, now), now));
        }

        foreach (var change in changes)
        {
            change.Expire(now);
            change.Booking!.ChangeExpired(now);
            db.Outbox.Add(OutboxMessage.Of(new BookingChangeExpired(change.BookingId, change.Booking.Version, now), now));
        }

        await db.ReleaseNightsAsync(listingId, now, cancellationToken, [.. holds.Select(hold => hold.Id)]);
        await db.ReleaseNightsAsync(listingId, changes, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.SettleImportsAsync(listingId, now, cancellationToken);
    }
}
