using Microsoft.EntityFrameworkCore;
using Travel.Domain.Availability;
using Travel.Domain.Caching;

namespace Travel.Domain.Bookings;

/// <summary>What bookings do to nights; always under the listing's lock.</summary>
internal static class BookingNights
{
    /// <summary>Free, or the booking's own.</summary>
    public static Task<bool> AreFreeForAsync(
        this DbSet<Occupancy> occupancies, Booking booking, DateOnly checkIn, DateOnly checkOut, CancellationToken cancellationToken) =>
        occupancies.AreFreeAsync(booking.Id, booking.ListingId, checkIn, checkOut, cancellationToken);

    /// <summary>The nights of the stay as it is now.</summary>
    public static void TakeNights(this TravelDbContext db, Booking booking, DateTimeOffset now)
    {
        db.Occupancies.Add(Occupancy.For(booking.Id, booking.ListingId, booking.CheckInOn, booking.CheckOutOn, now));
        db.TouchesNights(booking.ListingId, now);
    }

    /// <summary>All that these bookings of the listing have.</summary>
    public static Task ReleaseNightsAsync(
        this TravelDbContext db, Guid listingId, DateTimeOffset now, CancellationToken cancellationToken, params Guid[] owners) =>
        db.ReleaseAsync(db.Occupancies.Where(nights => owners.Contains(nights.OwnerId) && nights.Active), listingId, now, cancellationToken);

    /// <summary>The new nights of these changes; the booked ones stay.</summary>
    public static Task ReleaseNightsAsync(
        this TravelDbContext db, Guid listingId, IEnumerable<BookingChange> changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = changes.Select(change => change.OccupancyId).ToArray();
        return db.ReleaseAsync(db.Occupancies.Where(nights => ids.Contains(nights.Id) && nights.Active), listingId, now, cancellationToken);
    }

    /// <summary>For what writes nights by itself.</summary>
    public static void TouchesNights(this TravelDbContext db, Guid listingId, DateTimeOffset now) =>
        db.Touches(now, CacheTags.NightsOf(listingId), CacheTags.Nights);

    private static async Task ReleaseAsync(
        this TravelDbContext db, IQueryable<Occupancy> taken, Guid listingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await taken.ExecuteUpdateAsync(nights => nights.SetProperty(row => row.Active, false), cancellationToken) > 0)
        {
            db.TouchesNights(listingId, now);
        }
    }
}
