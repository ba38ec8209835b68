using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;

namespace Travel.Api.Listings.Hosting;

/// <summary>A host says all of a listing anew. What guests can see must stay fit to be seen.</summary>
internal sealed class EditListing(TravelDbContext db, ChangeListing changeListing, IOptions<PhotoOptions> photos)
{
    public Task<ListingOutcome> ExecuteAsync(
        Guid hostId, Guid listingId, IList<EntityTagHeaderValue> ifMatch, ListingRequest request, CancellationToken cancellationToken) =>
        changeListing.ExecuteAsync(hostId, listingId, ifMatch, (listing, token) => EditAsync(listing, request, token), cancellationToken);

    private async Task<ListingOutcome?> EditAsync(Listing listing, ListingRequest request, CancellationToken cancellationToken)
    {
        var errors = ListingRules.ErrorsOf(request);
        if (request.PricePerNight.Currency != listing.Currency && HasOtherAmounts(listing))
        {
            errors.TryAdd("pricePerNight", [$"This place has other rates in {listing.Currency}. Change the currency of all of them together."]);
        }

        if (errors.Count > 0)
        {
            return new ListingOutcome.Invalid(errors);
        }

        if (listing.PublishedAt is null && request.Title != listing.Title)
        {
            listing.Slug = await db.FreeSlugAsync(request, except: listing.Id, cancellationToken);
        }

        listing.Say(request);
        return listing.Status == ListingStatus.Published
            && ListingRules.MissingIn(listing, listing.Photos!.Count, photos.Value.NeededToPublish).TryGetValue("description", out var missing)
            ? new ListingOutcome.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["description"] = missing })
            : null;
    }

    private static bool HasOtherAmounts(Listing listing) =>
        listing.WeekendPriceMinorUnits is not null || listing.CleaningFeeMinorUnits > 0 || listing.ExtraGuestFeeMinorUnits > 0 || listing.Seasons!.Count > 0;
}
