using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Travel.Api.Listings.Hosting;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Idempotency;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;

namespace Travel.Api.Listings.Photos;

/// <summary>
/// A host adds a photo, behind those that are there. The picture is stored first and the row after it: what breaks off between them leaves
/// a file that nobody can ask for, never a photo that nobody can see.
/// </summary>
internal sealed class AddPhoto(TravelDbContext db, ChangeListing changeListing, IPhotoStore store, IOptions<PhotoOptions> options, TimeProvider clock)
{
    public const int LongestCaption = 200;

    public async Task<ListingOutcome> ExecuteAsync(
        Guid hostId, Guid listingId, byte[] file, string caption, string idempotencyKey, CancellationToken cancellationToken)
    {
        if (PhotoFile.Read(file) is not { } picture)
        {
            return Invalid("file", PhotoFile.Unreadable);
        }

        if ((long)picture.Width * picture.Height > options.Value.MaxPixels)
        {
            return Invalid("file", $"Has {picture.Width} × {picture.Height} pixels; at most {options.Value.MaxPixels / 1_000_000m:0.#} million are possible.");
        }

        if (caption.Length > 0 && !PlainText.IsLine(caption, 1, LongestCaption))
        {
            return Invalid("caption", $"One line of at most {LongestCaption} characters.");
        }

        var request = IdempotentRequest.Of(hostId, idempotencyKey, nameof(AddPhoto), new { listingId, caption, file = SHA256.HashData(file) });
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var outcome = (ListingOutcome?)null;
        await store.SaveAsync(id, picture.Content, cancellationToken);
        try
        {
            outcome = await changeListing.ExecuteAsync(
                hostId, listingId, ifMatch: null, (listing, token) => AddAsync(request, listing, id, picture, caption, now, token), cancellationToken);
            return outcome;
        }
        finally
        {
            // Refused, or answered before with another picture. After an exception nobody knows whether the row is there, so this one stays.
            if (outcome is not null && (outcome as ListingOutcome.PhotoAdded)?.Photo.Id != id)
            {
                store.Delete(id);
            }
        }
    }

    private async Task<ListingOutcome?> AddAsync(
        IdempotentRequest request, Listing listing, Guid id, PhotoFile picture, string caption, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (await request.TakeAsync(db, now, cancellationToken))
        {
            case KeyState.InFlight: return new ListingOutcome.InFlight();
            case KeyState.UsedForAnotherRequest: return new ListingOutcome.KeyUsedForAnotherRequest();
            case KeyState.Answered answered: return new ListingOutcome.PhotoAdded(answered.As<ListingPhoto>()) { IsRepetition = true };
        }

        if (listing.Photos!.Count >= options.Value.MaxPerListing)
        {
            return new ListingOutcome.TooManyPhotos(options.Value.MaxPerListing);
        }

        var photo = new Photo
        {
            Id = id,
            ListingId = listing.Id,
            Position = listing.Photos.Count,
            Caption = caption,
            MediaType = picture.MediaType,
            Width = picture.Width,
            Height = picture.Height,
            SizeBytes = picture.Content.Length,
            ContentHash = SHA256.HashData(picture.Content),
            CreatedAt = now,
        };
        db.Photos.Add(photo);
        db.IdempotencyKeys.Add(request.Answer(photo.ToResponse(), now));
        return new ListingOutcome.PhotoAdded(photo.ToResponse());
    }

    private static ListingOutcome.Invalid Invalid(string field, string error) =>
        new(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] });
}
