using Microsoft.EntityFrameworkCore;
using Travel.Domain.Availability;

namespace Travel.Domain.Bookings;

/// <summary>What bookings do to nights; always under the listing's lock.</summary>
internal static class BookingNights
{
    /// <summary>Free, or the booking's own.</summary>
    public static Task<bool> AreFreeForAsync(
        this DbSet<Occupancy> occupancies, Booking booking, DateOnly checkIn, DateOnly checkOut, CancellationToken cancellationToken) =>
        occupancies.AreFreeAsync(booking.Id, booking.ListingId, checkIn, checkOut, cancellationToken);

    /// <summary>The nights of the stay as it is now.</summary>
    public static void TakeFor(this DbSet<Occupancy> occupancies, Booking booking, DateTimeOffset now) =>
        occupancies.Add(Occupancy.For(booking.Id, booking.ListingId, booking.CheckInOn, booking.CheckOutOn, now));

    /// <summary>All that these owners have.</summary>
    public static Task ReleaseAsync(this DbSet<Occupancy> occupancies, CancellationToken cancellationToken, params Guid[] owners) =>
        occupancies.Where(nights => owners.Contains(nights.OwnerId) && nights.Active)
            .ExecuteUpdateAsync(nights => nights.SetProperty(row => row.Active, false), cancellationToken);

    /// <summary>The new nights of these changes; the booked ones stay.</summary>
    public static Task ReleaseAsync(this DbSet<Occupancy> occupancies, IEnumerable<BookingChange> changes, CancellationToken cancellationToken)
    {
        var ids = changes.Select(change => change.OccupancyId).ToArray();
        return occupancies.Where(nights => ids.Contains(nights.Id) && nights.Active)
            .ExecuteUpdateAsync(nights => nights.SetProperty(row => row.Active, false), cancellationToken);
    }
}
