using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Idempotency;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

/// <summary>
/// What a booking asks before it writes, on one way to the database: its key, its turn at the listing, its guest, and the place with its nights.
/// </summary>
/// <param name="Key">Unless it is to be answered now there was no turn, and the rest says nothing.</param>
/// <param name="Now">The instant for which everything in this turn is to be decided.</param>
/// <param name="GuestName">Null when the account has been erased.</param>
/// <param name="Listing">With its rates; null when guests cannot book it.</param>
internal sealed record BookingTurn(KeyState Key, DateTimeOffset Now, string? GuestName, Listing? Listing, bool AreNightsFree)
{
    public static async Task<BookingTurn> TakeAsync(
        TravelDbContext db, IdempotentRequest request, Guid guestId, Guid listingId, StayRequest stay, TimeProvider clock, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        // Dates are looked at only when the place is known.
        var checkOut = stay.Nights > 0 ? stay.CheckOut : stay.CheckIn;
        var taking = db.Occupancies.Taking(listingId, stay.CheckIn, checkOut);
        var toBeAnswered = request.IsToBeAnswered(askedAt);
        var ((key, turn, guestName), place) = await db.AskAsync(
            ReadAsync,
            () => db.Listings.AsNoTracking().WithRates()
                .Where(listing => listing.Id == listingId && listing.Status == ListingStatus.Published)
                .Select(listing => new { Listing = listing, AreNightsFree = !taking.Any() })
                .SingleOrDefaultAsync(cancellationToken),
            [
                .. request.Questions,
                .. ListingLock.Questions(listingId, onlyIf: toBeAnswered),
                // Locked, so that the guest is not erased between this look and the booking.
                $"SELECT display_name FROM users WHERE id = {guestId} AND erased_at IS NULL AND {toBeAnswered} FOR KEY SHARE",
            ]);
        var now = clock.GetUtcNow();
        var areNightsFree = place is { AreNightsFree: true };
        if (key is KeyState.Unused)
        {
            if (!turn.IsTaken)
            {
                throw new InvalidOperationException("Nothing has been answered under this key, and the database holds that something has.");
            }

            await request.ForgetExpiredAsync(db, key, cancellationToken);
            if (turn.FirstLapse <= now)
            {
                await StaleHolds.ExpireAsync(db, listingId, now, cancellationToken);
                areNightsFree = !await db.Occupancies.Taking(listingId, stay.CheckIn, checkOut).AnyAsync(cancellationToken);
            }
        }

        return new BookingTurn(key, now, guestName, place?.Listing, areNightsFree);

        async Task<(KeyState Key, (bool IsTaken, DateTimeOffset? FirstLapse) Turn, string? GuestName)> ReadAsync(NpgsqlDataReader results) => (
            await request.ReadAsync(results, askedAt, cancellationToken),
            await ListingLock.ReadAsync(results, cancellationToken),
            (await results.RowsAsync(row => row.GetString(0), cancellationToken)).SingleOrDefault());
    }
}
