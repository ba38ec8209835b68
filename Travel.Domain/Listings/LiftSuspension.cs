using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Operations;
using Travel.Domain.Outbox;

namespace Travel.Domain.Listings;

public enum LiftSuspensionOutcome { Lifted, NotSuspended, NoSuchListing }

/// <summary>An operator lets a host publish a listing again. Whether guests see it is the host's to say: it stays archived.</summary>
public sealed class LiftSuspension(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    /// <param name="id">Which listing.</param>
    /// <param name="actorId">The operator.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LiftSuspensionOutcome> ExecuteAsync(Guid id, Guid actorId, CancellationToken cancellationToken)
    {
        var outcome = await db.InTransactionAsync(
            token => LiftAsync(id, actorId, token),
            (_, token) => db.Listings.AnyAsync(listing => listing.Id == id && listing.SuspendedAt == null, token),
            cancellationToken);
        outbox.Wake();
        return outcome;
    }

    private async Task<LiftSuspensionOutcome> LiftAsync(Guid id, Guid actorId, CancellationToken cancellationToken)
    {
        var now = await db.LockListingAsync(id, clock, cancellationToken);
        var lifted = await db.Listings.Where(listing => listing.Id == id && listing.SuspendedAt != null).ExecuteUpdateAsync(
            listing => listing
                .SetProperty(row => row.SuspendedAt, (DateTimeOffset?)null)
                .SetProperty(row => row.SuspendedBy, (Guid?)null)
                .SetProperty(row => row.SuspensionReason, (string?)null)
                .SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        if (lifted == 0)
        {
            return await db.Listings.AnyAsync(listing => listing.Id == id, cancellationToken) ? LiftSuspensionOutcome.NotSuspended : LiftSuspensionOutcome.NoSuchListing;
        }

        db.Outbox.Add(OutboxMessage.Of(new ListingSuspensionLifted(id, now), now));
        db.Audit.Add(AuditEntry.Of(actorId, "listing-suspension-lifted", $"{id}", now));
        await db.SaveChangesAsync(cancellationToken);
        return LiftSuspensionOutcome.Lifted;
    }
}
