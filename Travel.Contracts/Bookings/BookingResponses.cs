using Travel.Contracts.Listings;

namespace Travel.Contracts.Bookings;

/// <summary>A booking as one of its parties sees it.</summary>
/// <param name="CheckOut">Day of departure; earlier than the quote's when somebody left early.</param>
/// <param name="HoldExpiresAt">With <see cref="BookingStatus.Held"/>: until when the nights are kept.</param>
/// <param name="RequestExpiresAt">With <see cref="BookingStatus.Requested"/>: until when the host may answer.</param>
/// <param name="GuestName">What the guest is called.</param>
/// <param name="SeenAs">Which party the caller is.</param>
/// <param name="Change">A dearer stay that waits for its payment; the booked one stands until then.</param>
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
    DateTimeOffset CreatedAt,
    DateTimeOffset? RequestExpiresAt = null,
    string? GuestName = null,
    BookingParty SeenAs = BookingParty.Guest,
    PendingChange? Change = null);

/// <param name="ToPay">What the new stay costs more.</param>
/// <param name="ExpiresAt">Until when its nights are kept.</param>
public sealed record PendingChange(DateOnly CheckIn, DateOnly CheckOut, int Guests, Quote Quote, Money ToPay, DateTimeOffset ExpiresAt);

/// <summary>A booking in a list.</summary>
public sealed record BookingSummary(
    Guid Id,
    string Reference,
    BookingStatus Status,
    BookedListing Listing,
    DateOnly CheckIn,
    DateOnly CheckOut,
    int Guests,
    string? Note,
    string GuestName,
    Money Total,
    PaymentMode PaymentMode,
    DateTimeOffset? HoldExpiresAt,
    DateTimeOffset? RequestExpiresAt,
    DateTimeOffset CreatedAt);

/// <summary>One line of a booking's history.</summary>
/// <param name="Event">A stable name: <c>confirmed</c>, <c>cancelled</c>, <c>mail-sent</c>.</param>
public sealed record BookingEvent(DateTimeOffset At, string Event, BookingParty Actor, string? Reason);

/// <param name="Refund">What comes back of what was paid.</param>
/// <param name="Fee">What is kept of it.</param>
/// <param name="Terms">The agreed terms, in a sentence.</param>
public sealed record CancellationPreview(Money Refund, Money Fee, string Terms);

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
