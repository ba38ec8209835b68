using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

/// <summary>Completes the stays whose check-out has passed by the clock at their listing.</summary>
public sealed class CompleteStays(TravelDbContext db, ListingSweep sweep, TimeProvider clock)
{
    /// <returns>How many.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Of the stays that end today somewhere on earth, those that have ended; no lock is taken for the others.
        var ending = await EndingBy(now)
            .Select(booking => new { booking.ListingId, booking.CheckOutOn, booking.CheckOutTime, booking.TimeZone })
            .ToListAsync(cancellationToken);
        var listings = ending.Where(stay => LocalTime.At(stay.CheckOutOn, stay.CheckOutTime, stay.TimeZone) <= now).Select(stay => stay.ListingId).Distinct();
        return await sweep.RunAsync(listings, CompleteAtAsync, cancellationToken);
    }

    private async Task<int> CompleteAtAsync(Guid listingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ending = await EndingBy(now).Where(booking => booking.ListingId == listingId).ToListAsync(cancellationToken);
        var over = ending.Where(booking => booking.CheckOutAt <= now).ToList();
        over.ForEach(booking => booking.Complete(now));
        await db.SaveChangesAsync(cancellationToken);
        return over.Count;
    }

    private IQueryable<Booking> EndingBy(DateTimeOffset now)
    {
        var latest = TodayAnywhere.Latest(now);
        return db.Bookings.Where(booking => booking.Status == BookingStatus.Confirmed && booking.CheckOutOn <= latest);
    }
}
