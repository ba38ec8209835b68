using Travel.Api.Listings.Photos;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Api.Listings.Hosting;

internal static class HostListingResponses
{
    public static HostListing ToHostListing(this Listing listing, int photosNeeded) => new(
        listing.Id,
        listing.Slug,
        listing.Status,
        listing.Said(),
        listing.PhotosInOrder(),
        ListingRules.MissingIn(listing, listing.Photos!.Count, photosNeeded),
        listing.Rating,
        listing.ReviewCount,
        listing.CreatedAt,
        listing.PublishedAt,
        listing.Suspension());

    public static ListingSuspension? Suspension(this Listing listing) =>
        listing is { SuspendedAt: { } at, SuspensionReason: { } reason } ? new ListingSuspension(at, reason) : null;

    /// <summary>What its host has said of it.</summary>
    public static ListingRequest Said(this Listing listing) => new(
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
        listing.PaymentMode,
        listing.BookingMode,
        listing.Amenities,
        listing.Region);

    public static Listing ToDraft(this ListingRequest said, Guid id, Guid hostId, string slug, DateTimeOffset now) => new()
    {
        Id = id,
        HostId = hostId,
        Slug = slug,
        Title = said.Title,
        Description = said.Description,
        Type = said.Type,
        Status = ListingStatus.Draft,
        City = said.City,
        Region = said.Region,
        Country = said.Country,
        Latitude = said.Latitude,
        Longitude = said.Longitude,
        TimeZone = said.TimeZone,
        CheckInTime = said.CheckInTime,
        CheckOutTime = said.CheckOutTime,
        MaxGuests = said.MaxGuests,
        Bedrooms = said.Bedrooms,
        MinNights = said.MinNights,
        MaxNights = said.MaxNights,
        PricePerNightMinorUnits = said.PricePerNight.MinorUnits,
        Currency = said.PricePerNight.Currency,
        CancellationPolicy = said.CancellationPolicy,
        PaymentMode = said.PaymentMode,
        BookingMode = said.BookingMode,
        Amenities = [.. said.Amenities],
        Seasons = [],
        Photos = [],
        CreatedAt = now,
        Version = 1,
    };

    public static void Say(this Listing listing, ListingRequest said)
    {
        listing.Title = said.Title;
        listing.Description = said.Description;
        listing.Type = said.Type;
        listing.City = said.City;
        listing.Region = said.Region;
        listing.Country = said.Country;
        listing.Latitude = said.Latitude;
        listing.Longitude = said.Longitude;
        listing.TimeZone = said.TimeZone;
        listing.CheckInTime = said.CheckInTime;
        listing.CheckOutTime = said.CheckOutTime;
        listing.MaxGuests = said.MaxGuests;
        listing.Bedrooms = said.Bedrooms;
        listing.MinNights = said.MinNights;
        listing.MaxNights = said.MaxNights;
        listing.PricePerNightMinorUnits = said.PricePerNight.MinorUnits;
        listing.Currency = said.PricePerNight.Currency;
        listing.CancellationPolicy = said.CancellationPolicy;
        listing.PaymentMode = said.PaymentMode;
        listing.BookingMode = said.BookingMode;
        listing.Amenities = [.. said.Amenities];
    }
}
