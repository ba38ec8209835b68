using Travel.Contracts.Listings;

namespace Travel.Contracts.Bookings;

public enum BookingStatus { Requested, Held, Confirmed, Completed, Cancelled, Expired, Declined }

/// <param name="CheckIn">First night.</param>
/// <param name="CheckOut">Day of departure; not a night of the stay.</param>
/// <param name="Note">From the guest to the host; at most 1,000 characters.</param>
public sealed record BookStayRequest(Guid ListingId, DateOnly CheckIn, DateOnly CheckOut, int Guests, string? Note = null);

public sealed record BookingResponse(
    Guid Id,
    string Reference,
    BookingStatus Status,
    BookedListing Listing,
    DateOnly CheckIn,
    DateOnly CheckOut,
    int Guests,
    string? Note,
    Quote Quote,
    PaymentMode PaymentMode,
    DateTimeOffset? HoldExpiresAt,
    DateTimeOffset CreatedAt);

public sealed record BookedListing(Guid Id, string Slug, string Title, string City, string Country, string TimeZone, TimeOnly CheckInTime, TimeOnly CheckOutTime);

/// <summary>The all-in price of a stay with its terms. Frozen once a booking carries it.</summary>
/// <param name="ValidUntil">Until when a quote that is not yet booked is honoured.</param>
public sealed record Quote(
    int Nights,
    IReadOnlyList<QuoteLine> Lines,
    Money Total,
    string Currency,
    CancellationPolicy CancellationPolicy,
    DateTimeOffset ValidUntil);

public sealed record QuoteLine(string Label, int Quantity, Money Amount);
