using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

/// <summary>What a booking is made from.</summary>
public sealed record NewBooking(Guid Id, string Reference, Listing Listing, Guid GuestId, StayRequest Stay, Quote Quote, PaymentMode PaymentMode)
{
    public static NewBooking At(Listing listing, Guid guestId, StayRequest stay, DateTimeOffset now) => new(
        Guid.CreateVersion7(now), BookingReference.New(), listing, guestId, stay, QuoteStay.For(listing, stay, now), listing.PaymentMode);
}
