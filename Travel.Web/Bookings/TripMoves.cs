using Travel.Contracts.Bookings;
using Travel.Web.Listings;

namespace Travel.Web.Bookings;

/// <summary>Which of a booking's moves make sense to offer. Whether one may be made is the Api's to say.</summary>
internal static class TripMoves
{
    public static bool MayChange(BookingResponse booking, TimeProvider time) =>
        booking is { Status: BookingStatus.Confirmed, SeenAs: BookingParty.Guest } && time.GetUtcNow() < CheckInAt(booking);

    /// <summary>Guest and host until check-in, operators until check-out.</summary>
    public static bool MayCancel(BookingResponse booking, TimeProvider time) => booking.Status switch
    {
        BookingStatus.Requested or BookingStatus.Held => true,
        BookingStatus.Confirmed => time.GetUtcNow() < (booking.SeenAs == BookingParty.Operator ? CheckOutAt(booking) : CheckInAt(booking)),
        _ => false,
    };

    /// <summary>The guest from the day of check-in on, the host from check-in on, while there is a night to give back.</summary>
    public static bool MayLeaveEarly(BookingResponse booking, TimeProvider time) =>
        booking.Status == BookingStatus.Confirmed
        && FirstDeparture(booking, time) < booking.CheckOut
        && booking.SeenAs switch
        {
            BookingParty.Guest => PlaceTime.Today(booking.Listing.TimeZone, time) >= booking.CheckIn,
            BookingParty.Host => time.GetUtcNow() >= CheckInAt(booking),
            _ => false,
        };

    /// <summary>The first night is slept in, and nights that are over cannot be given back.</summary>
    public static DateOnly FirstDeparture(BookingResponse booking, TimeProvider time) =>
        new[] { booking.CheckIn.AddDays(1), PlaceTime.Today(booking.Listing.TimeZone, time) }.Max();

    private static DateTimeOffset CheckInAt(BookingResponse booking) =>
        PlaceTime.At(booking.CheckIn, booking.Listing.CheckInTime, booking.Listing.TimeZone);

    private static DateTimeOffset CheckOutAt(BookingResponse booking) =>
        PlaceTime.At(booking.CheckOut, booking.Listing.CheckOutTime, booking.Listing.TimeZone);
}
