using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Api.Listings;

internal static class ListingResponses
{
    public static ListingSummary ToSummary(this Listing listing, DateOnly? checkIn, DateOnly? checkOut) => new(
        listing.Id,
        listing.Slug,
        listing.Title,
        listing.Type,
        listing.City,
        listing.Country,
        listing.Latitude,
        listing.Longitude,
        listing.MaxGuests,
        listing.Bedrooms,
        listing.MinNights,
        listing.PricePerNight,
        checkIn is { } from && checkOut is { } to ? QuoteStay.Total(listing, to.DayNumber - from.DayNumber) : null,
        listing.Rating,
        listing.ReviewCount,
        listing.Amenities,
        PhotoUrl: null,
        listing.PaymentMode,
        listing.BookingMode);

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
        PhotoUrl: null,
        Photos: [],
        new ListingHost(listing.HostId, listing.Host!.DisplayName),
        listing.PaymentMode,
        listing.BookingMode);
}
