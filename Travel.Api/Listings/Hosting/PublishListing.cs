using Microsoft.Extensions.Options;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;

namespace Travel.Api.Listings.Hosting;

/// <summary>
/// Shows a listing to guests, or takes it back from them. Both may be repeated. An archived listing keeps its bookings, takes no new
/// ones, and can be published again under the address that it had.
/// </summary>
internal sealed class PublishListing(ChangeListing changeListing, IOptions<PhotoOptions> photos, TimeProvider clock)
{
    public Task<ListingOutcome> PublishAsync(Guid hostId, Guid listingId, CancellationToken cancellationToken) =>
        changeListing.ExecuteAsync(hostId, listingId, ifMatch: null, (listing, _) => Task.FromResult(Publish(listing)), cancellationToken);

    public Task<ListingOutcome> ArchiveAsync(Guid hostId, Guid listingId, CancellationToken cancellationToken) =>
        changeListing.ExecuteAsync(hostId, listingId, ifMatch: null, (listing, _) => Task.FromResult(Archive(listing)), cancellationToken);

    private ListingOutcome? Publish(Listing listing)
    {
        if (listing.Status == ListingStatus.Published)
        {
            return new ListingOutcome.Changed(listing);
        }

        if (listing.Suspension() is { } suspension)
        {
            return new ListingOutcome.Suspended(suspension.Reason);
        }

        if (ListingRules.MissingIn(listing, listing.Photos!.Count, photos.Value.NeededToPublish) is { Count: > 0 } missing)
        {
            return new ListingOutcome.Incomplete(missing);
        }

        listing.Status = ListingStatus.Published;
        listing.PublishedAt ??= clock.GetUtcNow();
        return null;
    }

    private static ListingOutcome? Archive(Listing listing)
    {
        if (listing.Status == ListingStatus.Archived)
        {
            return new ListingOutcome.Changed(listing);
        }

        listing.Status = ListingStatus.Archived;
        return null;
    }
}
