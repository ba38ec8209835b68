namespace Travel.Contracts.Listings;

/// <summary>A draft is its host's alone; a published listing can be found and booked; an archived one keeps its bookings and takes no new ones.</summary>
public enum ListingStatus { Draft, Published, Archived }

public enum ListingType { Apartment, House, Villa, Hotel, Hostel, Lodge, Resort, Guesthouse }

/// <summary>When money moves: before the stay through the gateway, or at the door.</summary>
public enum PaymentMode { Online, OnArrival }

/// <summary>Whether a booking counts at once or waits for the host.</summary>
public enum BookingMode { Instant, Request }

/// <summary>What a guest gets back on cancellation; the terms are in the HTTP contract.</summary>
public enum CancellationPolicy { Flexible, Moderate, Strict }

/// <summary>A listing in a list.</summary>
/// <param name="PricePerNight">The base price: of a night outside seasons and weekends.</param>
/// <param name="TotalPrice">
/// All-in price of the dates asked for, for the guests asked for or else for one; null when no dates were given. Agrees with the quote.
/// </param>
/// <param name="PhotoUrl">Of the first photo, on the Api; null without photos.</param>
/// <param name="Rating">Mean of the reviews, 1 to 5; null without reviews.</param>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
public sealed record ListingSummary(
    Guid Id,
    string Slug,
    string Title,
    ListingType Type,
    string City,
    string Country,
    double Latitude,
    double Longitude,
    int MaxGuests,
    int Bedrooms,
    int MinNights,
    Money PricePerNight,
    Money? TotalPrice,
    decimal? Rating,
    int ReviewCount,
    IReadOnlyList<string> Amenities,
    string? PhotoUrl,
    PaymentMode PaymentMode,
    BookingMode BookingMode);

/// <summary>A listing on its own page.</summary>
/// <param name="TimeZone">IANA zone that check-in, check-out and the listing's "today" are in.</param>
/// <param name="CheckInTime">From this local time on the day of arrival.</param>
/// <param name="CheckOutTime">Until this local time on the day of departure.</param>
public sealed record ListingDetails(
    Guid Id,
    string Slug,
    string Title,
    string Description,
    ListingType Type,
    string City,
    string Country,
    double Latitude,
    double Longitude,
    string TimeZone,
    TimeOnly CheckInTime,
    TimeOnly CheckOutTime,
    int MaxGuests,
    int Bedrooms,
    int MinNights,
    int MaxNights,
    Money PricePerNight,
    CancellationPolicy CancellationPolicy,
    decimal? Rating,
    int ReviewCount,
    IReadOnlyList<string> Amenities,
    string? PhotoUrl,
    IReadOnlyList<ListingPhoto> Photos,
    ListingHost Host,
    PaymentMode PaymentMode,
    BookingMode BookingMode);

public sealed record ListingHost(Guid Id, string DisplayName);

/// <summary>A photo of a listing, in the order in which the host wants them seen.</summary>
/// <param name="Url">A path on the Api, good for ever: another picture has another one.</param>
/// <param name="Caption">What is to be seen, for those who do not see it; may be empty.</param>
/// <param name="Width">Pixels, as shown.</param>
/// <param name="Height">Pixels, as shown.</param>
public sealed record ListingPhoto(Guid Id, string Url, string Caption, int Width, int Height);
