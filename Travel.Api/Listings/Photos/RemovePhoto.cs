using Microsoft.Extensions.Options;
using Travel.Api.Listings.Hosting;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;

namespace Travel.Api.Listings.Photos;

/// <summary>A host takes a photo away: first nobody can ask for it any more, then the picture goes.</summary>
internal sealed partial class RemovePhoto(
    TravelDbContext db, ChangeListing changeListing, IPhotoStore store, IOptions<PhotoOptions> options, ILogger<RemovePhoto> logger)
{
    public async Task<ListingOutcome> ExecuteAsync(Guid hostId, Guid listingId, Guid photoId, CancellationToken cancellationToken)
    {
        var outcome = await changeListing.ExecuteAsync(
            hostId, listingId, ifMatch: null, (listing, _) => Task.FromResult(Remove(listing, photoId)), cancellationToken);
        if (outcome is ListingOutcome.Changed)
        {
            try
            {
                store.Delete(photoId);
            }
            catch (IOException exception)
            {
                Log.PictureStays(logger, photoId, exception);
            }
        }

        return outcome;
    }

    private ListingOutcome? Remove(Listing listing, Guid photoId)
    {
        if (listing.Photos!.Find(photo => photo.Id == photoId) is not { } gone)
        {
            return new ListingOutcome.NoSuchPhoto();
        }

        if (listing.Status == ListingStatus.Published && listing.Photos.Count <= options.Value.NeededToPublish)
        {
            return new ListingOutcome.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["photos"] = ["Guests can see this place, and it must keep this photo. Add another one first."],
            });
        }

        foreach (var behind in listing.Photos.Where(photo => photo.Position > gone.Position))
        {
            behind.Position--;
        }

        db.Photos.Remove(gone);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Photo {PhotoId} is removed, but its picture could not be deleted")]
        public static partial void PictureStays(ILogger logger, Guid photoId, Exception exception);
    }
}
