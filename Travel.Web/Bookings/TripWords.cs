using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Web.Listings;

namespace Travel.Web.Bookings;

internal static class TripWords
{
    public static string Heading(BookingResponse booking) => booking.Status switch
    {
        BookingStatus.Confirmed => $"You’re going to {booking.Listing.City}",
        BookingStatus.Held => "Your nights are held",
        BookingStatus.Requested => "Your request is with the host",
        BookingStatus.Completed => $"You stayed in {booking.Listing.City}",
        BookingStatus.Cancelled => "This booking was cancelled",
        BookingStatus.Expired => "This booking has expired",
        _ => "The host could not take this booking",
    };

    public static string WhatNow(BookingResponse booking) => booking.Status switch
    {
        BookingStatus.Confirmed when booking.PaymentMode == PaymentMode.OnArrival =>
            $"It’s confirmed. You pay {booking.Quote.Total} on arrival. A mail with everything on this page is on its way to your address.",
        BookingStatus.Confirmed => "It’s confirmed. A mail with everything on this page is on its way to your address.",
        BookingStatus.Held when booking.HoldExpiresAt is { } until =>
            $"Nobody else can book them until {PlaceTime.Moment(until, booking.Listing.TimeZone)} ({PlaceTime.ZoneName(booking.Listing.TimeZone, booking.CheckIn)}).",
        BookingStatus.Requested => "The price below is kept for you while the host decides. We’ll write to you either way.",
        BookingStatus.Expired => "The nights were let go because nothing happened in time. You can book again if they are still free.",
        BookingStatus.Completed => "We hope it was worth the journey.",
        _ => "Nothing is booked under this reference any more.",
    };
}
