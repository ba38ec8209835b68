using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

public static class BookingResponses
{
    public static BookingResponse ToResponse(this Booking booking, Listing listing, string guestName, BookingParty seenAs, BookingChange? change = null) => new(
        booking.Id,
        booking.Reference,
        booking.Status,
        Of(booking, listing),
        booking.CheckInOn,
        booking.CheckOutOn,
        booking.Guests,
        booking.Note,
        booking.Quote,
        booking.PaymentMode,
        booking.HoldExpiresAt,
        booking.CreatedAt,
        booking.RequestExpiresAt,
        guestName,
        seenAs,
        change is null
            ? null
            : new PendingChange(
                change.CheckInOn, change.CheckOutOn, change.Guests, change.Quote, change.Quote.Total - booking.Quote.Total, change.ExpiresAt));

    private static BookedListing Of(Booking booking, Listing listing) => new(
        listing.Id, listing.Slug, listing.Title, listing.City, listing.Country, booking.TimeZone, booking.CheckInTime, booking.CheckOutTime);
}
