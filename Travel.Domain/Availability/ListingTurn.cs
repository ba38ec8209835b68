using Microsoft.EntityFrameworkCore;
using Travel.Domain.Bookings;
using Travel.Domain.Outbox;

namespace Travel.Domain.Availability;

/// <summary>
/// Runs one transaction that changes nights or bookings of a listing, and tells the outbox. The transaction takes the lock itself
/// (<see cref="ListingLock"/>), because some have an idempotency key to take before it.
/// </summary>
public sealed class ListingTurn(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    private const int Attempts = 3;

    /// <param name="turn">Repeatable: what it reads and decides it reads and decides anew.</param>
    public async Task<T> TakeAsync<T>(Func<CancellationToken, Task<T>> turn, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcome = await db.InTransactionAsync(turn, cancellationToken);
                outbox.Wake();
                return outcome;
            }
            catch (DbUpdateException exception) when (attempt < Attempts && (Occupancy.IsOverlap(exception) || BookingReference.IsTaken(exception)))
            {
                // The net: somebody wrote nights without the lock. It is committed by now, so the next attempt sees it and decides on it.
            }
        }
    }

    /// <summary>The same for work that needs no key: <paramref name="work"/> begins when it is our turn at the listing.</summary>
    public Task<T> TakeAsync<T>(Guid listingId, Func<DateTimeOffset, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        TakeAsync(async token => await work(await db.LockListingAsync(listingId, clock, token), token), cancellationToken);
}
