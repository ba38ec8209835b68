using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Availability;
using Travel.Domain.Caching;
using Travel.Domain.Listings;

namespace Travel.Api.Listings.Hosting;

/// <summary>
/// Every change that a host makes to a listing: one transaction under the listing's lock, so that of two changes which have seen the same
/// version one is made and the other one told, and no booking is priced by half a change.
/// </summary>
internal sealed class ChangeListing(TravelDbContext db, TimeProvider clock)
{
    /// <param name="ifMatch">The versions that the host has seen; null where any will do.</param>
    /// <param name="change">Changes the listing, which is loaded with rates and photos, or says why not. May be run again, so it must not reach outside.</param>
    public async Task<ListingOutcome> ExecuteAsync(
        Guid hostId,
        Guid listingId,
        IList<EntityTagHeaderValue>? ifMatch,
        Func<Listing, CancellationToken, Task<ListingOutcome?>> change,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransactionAsync(token => TryAsync(hostId, listingId, ifMatch, change, token), cancellationToken);
            }
            catch (DbUpdateException exception) when (attempt < Slugs.Attempts && (exception is DbUpdateConcurrencyException || Slug.IsTaken(exception)))
            {
                // Written by somebody who does not take the lock: a new review has changed the rating, another host has taken the address.
                // Looked at again, it is the version that this host has seen or it is not.
            }
        }
    }

    private async Task<ListingOutcome> TryAsync(
        Guid hostId,
        Guid listingId,
        IList<EntityTagHeaderValue>? ifMatch,
        Func<Listing, CancellationToken, Task<ListingOutcome?>> change,
        CancellationToken cancellationToken)
    {
        var now = await db.LockListingAsync(listingId, clock, cancellationToken);
        var listing = await db.Listings.WithRates().Include(found => found.Photos).AsSplitQuery()
            .SingleOrDefaultAsync(found => found.Id == listingId, cancellationToken);
        if (RefusalTo(hostId, listing) is { } refusal)
        {
            return refusal;
        }

        if (ifMatch is not null && !listing!.IsMatchedBy(ifMatch))
        {
            return new ListingOutcome.Stale();
        }

        var outcome = await change(listing!, cancellationToken);
        if (outcome is null or ListingOutcome.PhotoAdded { IsRepetition: false })
        {
            listing!.Version++;
            db.Touches(now, CacheTags.Listing(listingId), CacheTags.Listings);
            await db.SaveChangesAsync(cancellationToken);
        }

        return outcome ?? new ListingOutcome.Changed(listing!);
    }

    /// <summary>What everybody can see is somebody else's; what is not public is not there for anybody but its host.</summary>
    public static ListingOutcome? RefusalTo(Guid hostId, Listing? listing) => listing switch
    {
        null => new ListingOutcome.NotThere(),
        _ when listing.HostId == hostId => null,
        { Status: ListingStatus.Published } => new ListingOutcome.NotTheirs(),
        _ => new ListingOutcome.NotThere(),
    };
}
