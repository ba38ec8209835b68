using Travel.Contracts.Bookings;

namespace Travel.Contracts.Listings;

/// <summary>A listing as an operator sees it.</summary>
/// <param name="Suspension">Null when it is not suspended.</param>
public sealed record OperatorListing(
    Guid Id,
    string Slug,
    string Title,
    string City,
    string Country,
    ListingStatus Status,
    ListingHost Host,
    DateTimeOffset CreatedAt,
    OperatorSuspension? Suspension);

/// <param name="By">What the operator is called.</param>
public sealed record OperatorSuspension(DateTimeOffset At, string By, string Reason);

/// <summary>A listing with what guests have booked there or asked for.</summary>
/// <param name="OpenBookings">Those that are not over, by check-in; the first hundred.</param>
public sealed record OperatorListingDetails(OperatorListing Listing, IReadOnlyList<OpenBooking> OpenBookings);

public sealed record OpenBooking(Guid Id, string Reference, BookingStatus Status, DateOnly CheckIn, DateOnly CheckOut);

/// <param name="Reason">For the record, and for the host to read; 3 to 500 characters.</param>
public sealed record SuspendListingRequest(string Reason);
