using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings;

namespace Travel.Api.Listings;

/// <summary>Listings as operators see them.</summary>
internal static class OperatorListingReads
{
    private const int MostBookings = 100;
    private static readonly BookingStatus[] Open = [BookingStatus.Requested, BookingStatus.Held, BookingStatus.Confirmed];

    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first.</summary>
    /// <param name="after">The last one of the page before; empty on the first page.</param>
    public static Task<List<OperatorListing>> FindAsync(TravelDbContext db, ListingFilter wanted, Guid after, int limit, CancellationToken cancellationToken) =>
        wanted.Apply(db.Listings).Where(listing => after == Guid.Empty || listing.Id < after)
            .OrderByDescending(listing => listing.Id).Take(limit).Select(Shown(db)).ToListAsync(cancellationToken);

    /// <summary>Two queries. Null: there is none.</summary>
    public static async Task<OperatorListingDetails?> GetAsync(TravelDbContext db, Guid id, CancellationToken cancellationToken)
    {
        if (await db.Listings.Where(listing => listing.Id == id).Select(Shown(db)).SingleOrDefaultAsync(cancellationToken) is not { } found)
        {
            return null;
        }

        return new OperatorListingDetails(found, await db.Bookings.Where(booking => booking.ListingId == id && Open.Contains(booking.Status))
            .OrderBy(booking => booking.CheckInOn).ThenBy(booking => booking.Id).Take(MostBookings)
            .Select(booking => new OpenBooking(booking.Id, booking.Reference, booking.Status, booking.CheckInOn, booking.CheckOutOn))
            .ToListAsync(cancellationToken));
    }

    private static Expression<Func<Listing, OperatorListing>> Shown(TravelDbContext db) => listing => new OperatorListing(
        listing.Id,
        listing.Slug,
        listing.Title,
        listing.City,
        listing.Country,
        listing.Status,
        new ListingHost(listing.HostId, listing.Host!.DisplayName),
        listing.CreatedAt,
        listing.SuspendedAt == null
            ? null
            : new OperatorSuspension(
                listing.SuspendedAt.Value,
                db.Users.Where(user => user.Id == listing.SuspendedBy).Select(user => user.DisplayName).First(),
                listing.SuspensionReason!));
}
