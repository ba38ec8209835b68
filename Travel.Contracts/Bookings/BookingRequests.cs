namespace Travel.Contracts.Bookings;

public enum BookingStatus { Requested, Held, Confirmed, Completed, Cancelled, Expired, Declined }

/// <summary>Who has a hand in a booking. Travel itself moves what only time moves.</summary>
public enum BookingParty { Guest, Host, Operator, Travel }

/// <param name="CheckIn">First night.</param>
/// <param name="CheckOut">Day of departure; not a night of the stay.</param>
/// <param name="Note">From the guest to the host; at most 1,000 characters.</param>
/// <param name="Total">What the quote said the stay costs; refused when that is no longer so. Without it the price of the moment is taken.</param>
public sealed record BookStayRequest(Guid ListingId, DateOnly CheckIn, DateOnly CheckOut, int Guests, string? Note = null, Money? Total = null);

/// <param name="Refund">What the preview said comes back; refused when that is no longer so.</param>
/// <param name="Reason">Told to the other side; at most 1,000 characters.</param>
public sealed record CancelBookingRequest(Money Refund, string? Reason = null);

/// <param name="Reason">Told to the guest; at most 1,000 characters.</param>
public sealed record DeclineRequestRequest(string? Reason = null);

/// <summary>The stay a guest wants in place of the booked one.</summary>
/// <param name="Total">What the quote said it costs; refused when that is no longer so. Without it the price of the moment is taken.</param>
public sealed record ChangeStayRequest(DateOnly CheckIn, DateOnly CheckOut, int Guests, Money? Total = null);

/// <param name="On">Day of departure; the nights from it on are given back.</param>
public sealed record LeaveEarlyRequest(DateOnly On);
