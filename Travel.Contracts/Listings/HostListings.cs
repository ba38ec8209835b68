namespace Travel.Contracts.Listings;

/// <summary>What a host says of a listing. A draft is created from it, and every change of it sends all of it.</summary>
/// <param name="Title">One line of 5 to 120 characters. The public address is made from it until the first publication.</param>
/// <param name="Description">At most 5,000 characters; a draft's may be empty.</param>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
/// <param name="TimeZone">IANA zone, <c>Africa/Addis_Ababa</c>.</param>
/// <param name="CheckOutTime">Not later than check-in: the next guests may come the same day.</param>
/// <param name="PricePerNight">The base price; its currency is that of all rates.</param>
public sealed record ListingRequest(
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
    PaymentMode PaymentMode,
    BookingMode BookingMode,
    IReadOnlyList<string> Amenities,
    string? Region = null);

/// <summary>A listing as its host sees it.</summary>
/// <param name="Missing">What it lacks before it can be published, in sentences by field; empty when it can be.</param>
/// <param name="PublishedAt">For the first time; null while it has always been a draft.</param>
/// <param name="Suspension">While there is one it cannot be published.</param>
public sealed record HostListing(
    Guid Id,
    string Slug,
    ListingStatus Status,
    ListingRequest Listing,
    IReadOnlyList<ListingPhoto> Photos,
    IReadOnlyDictionary<string, string[]> Missing,
    decimal? Rating,
    int ReviewCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset? PublishedAt,
    ListingSuspension? Suspension = null);

/// <summary>An operator has taken a listing from guests.</summary>
/// <param name="At">Since when.</param>
/// <param name="Reason">What the operator gave as the reason.</param>
public sealed record ListingSuspension(DateTimeOffset At, string Reason);

/// <summary>A listing in its host's list.</summary>
public sealed record HostListingSummary(
    Guid Id,
    string Slug,
    ListingStatus Status,
    string Title,
    ListingType Type,
    string City,
    string Country,
    Money PricePerNight,
    string? PhotoUrl,
    decimal? Rating,
    int ReviewCount,
    ListingSuspension? Suspension = null);

/// <summary>All prices of a listing, in one currency. What they come to is in docs/pricing.md.</summary>
/// <param name="PricePerNight">The base price.</param>
/// <param name="WeekendPrice">Of weekend nights outside seasons; null: the base price.</param>
/// <param name="WeekendNights">The days on whose evening a weekend night begins; Friday and Saturday when left out.</param>
/// <param name="Seasons">Must not overlap.</param>
/// <param name="CleaningFee">Once a stay.</param>
/// <param name="ExtraGuestFee">A night, for each guest beyond <paramref name="IncludedGuests"/>.</param>
/// <param name="IncludedGuests">How many guests the price of a night is for; null: as many as the place takes.</param>
public sealed record Rates(
    Money PricePerNight,
    Money? WeekendPrice = null,
    IReadOnlyList<DayOfWeek>? WeekendNights = null,
    IReadOnlyList<SeasonalRate>? Seasons = null,
    Money? CleaningFee = null,
    Money? ExtraGuestFee = null,
    int? IncludedGuests = null);

/// <param name="Name">As guests read it in a quote; at most 60 characters.</param>
/// <param name="From">First night.</param>
/// <param name="To">The day after the last night.</param>
/// <param name="MinNights">Asked of stays that begin in the season; null: what the listing asks.</param>
public sealed record SeasonalRate(string Name, DateOnly From, DateOnly To, Money PricePerNight, int? MinNights = null);

/// <summary>The photos of a listing in the order in which they are to be seen: exactly those it has.</summary>
public sealed record PhotoArrangement(IReadOnlyList<ArrangedPhoto> Photos);

/// <param name="Caption">At most 200 characters; may be empty.</param>
public sealed record ArrangedPhoto(Guid Id, string Caption);
