using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Caching;
using Travel.Domain.Operations;
using Travel.Domain.Outbox;

namespace Travel.Domain.Listings;

public enum SuspendListingOutcome { Suspended, SuspendedBefore, NoSuchListing }

/// <summary>
/// An operator takes a listing from guests, and its host cannot publish it until that is lifted. Stays that are booked stay booked: whether
/// guests are to find another place is said of each by itself.
/// </summary>
public sealed class SuspendListing(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    /// <param name="id">Which listing.</param>
    /// <param name="actorId">The operator.</param>
    /// <param name="reason">One that <see cref="AuditEntry.ErrorOf"/> has nothing against. The host reads it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SuspendListingOutcome> ExecuteAsync(Guid id, Guid actorId, string reason, CancellationToken cancellationToken)
    {
        var outcome = await db.InTransactionAsync(
            token => SuspendAsync(id, actorId, reason, token),
            (_, token) => db.Listings.AnyAsync(listing => listing.Id == id && listing.SuspendedBy == actorId && listing.SuspensionReason == reason, token),
            cancellationToken);
        outbox.Wake();
        return outcome;
    }

    private async Task<SuspendListingOutcome> SuspendAsync(Guid id, Guid actorId, string reason, CancellationToken cancellationToken)
    {
        // In turn with its bookings and with what its host does to it: either is there before, or finds it suspended.
        DateTimeOffset? now = await db.LockListingAsync(id, clock, cancellationToken);
        var suspended = await db.Listings.Where(listing => listing.Id == id && listing.SuspendedAt == null).ExecuteUpdateAsync(
            listing => listing
                .SetProperty(row => row.Status, ListingStatus.Archived)
                .SetProperty(row => row.SuspendedAt, now)
                .SetProperty(row => row.SuspendedBy, (Guid?)actorId)
                .SetProperty(row => row.SuspensionReason, reason)
                .SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        if (suspended == 0)
        {
            return await db.Listings.AnyAsync(listing => listing.Id == id, cancellationToken) ? SuspendListingOutcome.SuspendedBefore : SuspendListingOutcome.NoSuchListing;
        }

        db.Outbox.Add(OutboxMessage.Of(new ListingSuspended(id, now.Value), now.Value));
        db.Touches(now.Value, CacheTags.Listing(id), CacheTags.Listings);
        db.Audit.Add(AuditEntry.Of(actorId, "listing-suspended", $"{id}", now.Value, reason));
        await db.SaveChangesAsync(cancellationToken);
        return SuspendListingOutcome.Suspended;
    }
}
