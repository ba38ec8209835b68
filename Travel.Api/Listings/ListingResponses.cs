using Travel.Api.Listings.Photos;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Api.Listings;

internal static class ListingResponses
{
    public static ListingDetails ToDetails(this Listing listing) => new(
        listing.Id,
        listing.Slug,
        listing.Title,
        listing.Description,
        listing.Type,
        listing.City,
        listing.Country,
        listing.Latitude,
        listing.Longitude,
        listing.TimeZone,
        listing.CheckInTime,
        listing.CheckOutTime,
        listing.MaxGuests,
        listing.Bedrooms,
        listing.MinNights,
        listing.MaxNights,
        listing.PricePerNight,
        listing.CancellationPolicy,
        listing.Rating,
        listing.ReviewCount,
        listing.Amenities,
        listing.CoverUrl(),
        listing.PhotosInOrder(),
        new ListingHost(listing.HostId, listing.Host!.DisplayName),
        listing.PaymentMode,
        listing.BookingMode);
}
