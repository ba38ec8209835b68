using Microsoft.Net.Http.Headers;
using Travel.Api.Listings.Hosting;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings;

namespace Travel.Api.Listings.Photos;

/// <summary>A host puts the photos of a listing in order and says what is on them.</summary>
internal sealed class ArrangePhotos(ChangeListing changeListing)
{
    public Task<ListingOutcome> ExecuteAsync(
        Guid hostId, Guid listingId, IList<EntityTagHeaderValue> ifMatch, PhotoArrangement arrangement, CancellationToken cancellationToken) =>
        changeListing.ExecuteAsync(hostId, listingId, ifMatch, (listing, _) => Task.FromResult(Arrange(listing, arrangement.Photos)), cancellationToken);

    private static ListingOutcome? Arrange(Listing listing, IReadOnlyList<ArrangedPhoto> order)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!order.Select(photo => photo.Id).Order().SequenceEqual(listing.Photos!.Select(photo => photo.Id).Order()))
        {
            errors["photos"] = ["Each photo of this listing once, and no others."];
        }

        for (var index = 0; index < order.Count; index++)
        {
            if (order[index].Caption is { Length: > 0 } caption && !PlainText.IsLine(caption, 1, AddPhoto.LongestCaption))
            {
                errors[$"photos[{index}].caption"] = [$"One line of at most {AddPhoto.LongestCaption} characters."];
            }
        }

        if (errors.Count > 0)
        {
            return new ListingOutcome.Invalid(errors);
        }

        for (var position = 0; position < order.Count; position++)
        {
            var photo = listing.Photos!.Find(photo => photo.Id == order[position].Id)!;
            (photo.Position, photo.Caption) = (position, order[position].Caption);
        }

        return null;
    }
}
