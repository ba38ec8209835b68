using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Api.Listings.Photos;

internal static class PhotoResponses
{
    /// <summary>Loads the photo that stands for the listing, and no other.</summary>
    public static IQueryable<Listing> WithCover(this IQueryable<Listing> listings) =>
        listings.Include(listing => listing.Photos!.Where(photo => photo.Position == 0));

    public static string? CoverUrl(this Listing listing) => listing.Photos!.MinBy(photo => photo.Position) is { } first ? UrlOf(first.Id) : null;

    public static IReadOnlyList<ListingPhoto> PhotosInOrder(this Listing listing) =>
        [.. listing.Photos!.OrderBy(photo => photo.Position).Select(ToResponse)];

    public static ListingPhoto ToResponse(this Photo photo) => new(photo.Id, UrlOf(photo.Id), photo.Caption, photo.Width, photo.Height);

    public static string UrlOf(Guid photoId) => $"/api/v1/photos/{photoId}";
}
