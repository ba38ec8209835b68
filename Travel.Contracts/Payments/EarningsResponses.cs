using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;

namespace Travel.Contracts.Payments;

/// <summary>What a host has earned in a span of days, newest first. Whole, not in pages: a span is a year at most.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Totals">One for each currency.</param>
public sealed record EarningsResponse(DateOnly From, DateOnly To, IReadOnlyList<EarningsTotal> Totals, IReadOnlyList<Earning> Items);

/// <param name="Payout">What Travel has received for the host: stays that are over, and what cancellations kept.</param>
/// <param name="OnArrival">What guests have paid, or were to pay, at the place itself; for information.</param>
/// <param name="Upcoming">What has been received for stays that are not over; whatever the span.</param>
public sealed record EarningsTotal(string Currency, Money Payout, Money OnArrival, Money Upcoming);

public enum EarningKind { Stay, CancellationFee }

/// <param name="EarnedOn">Day of departure, or the day of the cancellation.</param>
public sealed record Earning(
    Guid BookingId,
    string Reference,
    string ListingTitle,
    string GuestName,
    DateOnly CheckIn,
    DateOnly CheckOut,
    BookingStatus Status,
    PaymentMode PaymentMode,
    EarningKind Kind,
    DateOnly EarnedOn,
    Money Amount);
