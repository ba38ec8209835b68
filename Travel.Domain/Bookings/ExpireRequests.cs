using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Domain.Outbox;

namespace Travel.Domain.Bookings;

/// <summary>Ends requests that no host has answered in time.</summary>
public sealed class ExpireRequests(TravelDbContext db, ListingSweep sweep, TimeProvider clock)
{
    /// <returns>How many.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var listings = await DueAt(now).Select(booking => booking.ListingId).Distinct().ToListAsync(cancellationToken);
        return await sweep.RunAsync(listings, ExpireAtAsync, cancellationToken);
    }

    private async Task<int> ExpireAtAsync(Guid listingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await DueAt(now).Where(booking => booking.ListingId == listingId).ToListAsync(cancellationToken);
        foreach (var request in due)
        {
            request.Expire(now);
            db.Outbox.Add(OutboxMessage.Of(new BookingExpired(request.Id, request.Version, WasRequest: true, now), now));
        }

        await db.SaveChangesAsync(cancellationToken);
        return due.Count;
    }

    private IQueryable<Booking> DueAt(DateTimeOffset now) =>
        db.Bookings.Where(booking => booking.Status == BookingStatus.Requested && booking.RequestExpiresAt <= now);
}
