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

/// <summary>The all-in price of a stay with its terms. Frozen once a booking carries it. How it is made: docs/pricing.md.</summary>
/// <param name="Total">The sum of the lines.</param>
/// <param name="ValidUntil">How long a quote that is not yet booked may go on being shown without asking again.</param>
/// <param name="FirstNight">What the first night costs with its extra guests, without cleaning. Null in quotes from before there were rates.</param>
/// <param name="CleaningFee">What is returned by every cancellation before check-in. Null in quotes from before there were rates.</param>
public sealed record Quote(
    int Nights,
    IReadOnlyList<QuoteLine> Lines,
    Money Total,
    string Currency,
    CancellationPolicy CancellationPolicy,
    DateTimeOffset ValidUntil,
    Money? FirstNight = null,
    Money? CleaningFee = null);

/// <summary>What a line of a quote is for: a base, weekend or season's price of nights, extra guests, or cleaning.</summary>
public enum QuoteLineKind { Nights, ExtraGuests, Cleaning }

/// <param name="Quantity">Nights, but for cleaning, which is once.</param>
/// <param name="Amount">Of the whole line.</param>
/// <param name="Kind">Null in quotes from before there were rates; those have nights only.</param>
public sealed record QuoteLine(string Label, int Quantity, Money Amount, QuoteLineKind? Kind = null);
