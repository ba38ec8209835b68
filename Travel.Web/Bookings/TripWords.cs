using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Web.Listings;

namespace Travel.Web.Bookings;

/// <summary>What a booking is to the one who looks at it.</summary>
internal static class TripWords
{
    public static string Status(BookingStatus status, BookingParty seenAs) => (status, seenAs) switch
    {
        (BookingStatus.Requested, BookingParty.Host) => "Waiting for your answer",
        (BookingStatus.Requested, _) => "Waiting for the host",
        (BookingStatus.Held, BookingParty.Guest) => "Held for you",
        (BookingStatus.Held, _) => "Held for the guest",
        _ => status.ToString(),
    };

    /// <summary>What the page is about.</summary>
    public static string Title(BookingParty seenAs) => seenAs == BookingParty.Guest ? "Your trip" : "Booking";

    public static string Heading(BookingResponse booking) => (booking.Status, booking.SeenAs) switch
    {
        (BookingStatus.Confirmed, BookingParty.Guest) => $"You’re going to {booking.Listing.City}",
        (BookingStatus.Confirmed, _) => $"{booking.GuestName} is coming",
        (BookingStatus.Held, BookingParty.Guest) => "Your nights are held",
        (BookingStatus.Held, _) => $"Nights are held for {booking.GuestName}",
        (BookingStatus.Requested, BookingParty.Guest) => "Your request is with the host",
        (BookingStatus.Requested, _) => $"{booking.GuestName} would like to come",
        (BookingStatus.Completed, BookingParty.Guest) => $"You stayed in {booking.Listing.City}",
        (BookingStatus.Completed, _) => $"{booking.GuestName} stayed here",
        (BookingStatus.Cancelled, _) => "This booking was cancelled",
        (BookingStatus.Expired, _) => "This booking has expired",
        (_, BookingParty.Guest) => "The host could not take this booking",
        _ => "This request was declined",
    };

    public static string WhatNow(BookingResponse booking) => (booking.Status, booking.SeenAs) switch
    {
        (BookingStatus.Confirmed, BookingParty.Guest) when booking.PaymentMode == PaymentMode.OnArrival =>
            $"It’s confirmed. You pay {booking.Quote.Total} on arrival. A mail with everything on this page is on its way to your address.",
        (BookingStatus.Confirmed, BookingParty.Guest) => "It’s confirmed. A mail with everything on this page is on its way to your address.",
        (BookingStatus.Confirmed, _) when booking.PaymentMode == PaymentMode.OnArrival => $"It’s confirmed. {booking.Quote.Total} is paid on arrival.",
        (BookingStatus.Confirmed, _) => "It’s confirmed.",
        (BookingStatus.Held, BookingParty.Guest) when booking.HoldExpiresAt is { } until =>
            $"Nobody else can book them until {Moment(booking, until)}. They are yours as soon as you have paid.",
        (BookingStatus.Held, _) when booking.HoldExpiresAt is { } until =>
            $"Nobody else can book them until {Moment(booking, until)}. The stay is confirmed as soon as it is paid.",
        (BookingStatus.Requested, BookingParty.Guest) when booking.RequestExpiresAt is { } until =>
            $"The price below is kept for you, and the host has until {Moment(booking, until)} to answer. We’ll write to you either way. The nights stay open to others until the host accepts.",
        (BookingStatus.Requested, _) when booking.RequestExpiresAt is { } until => $"Please answer until {Moment(booking, until)}. After that the request ends by itself.",
        (BookingStatus.Expired, _) => "Nothing happened in time, so the nights are open to everybody again. They can be booked anew if they are still free.",
        (BookingStatus.Completed, BookingParty.Guest) => "We hope it was worth the journey.",
        (BookingStatus.Completed, _) => "The stay is over.",
        _ => "Nothing is booked under this reference any more.",
    };

    /// <summary>A line of the history.</summary>
    public static string Event(BookingEvent entry, BookingParty seenAs) => entry.Event switch
    {
        "requested" => "Stay requested",
        "held" => "Nights held",
        // Nobody but a payment confirms of its own accord.
        "confirmed" when entry.Actor == BookingParty.Travel => "Stay paid and confirmed",
        "confirmed" => "Stay confirmed",
        "declined" => "Request declined",
        "expired" => "Time was over",
        "cancelled" => "Cancelled",
        "completed" => "Stay completed",
        "changed" => "Stay changed",
        "change-held" => "Nights held for a change",
        "change-expired" => "Change not paid in time",
        "left-early" => "Departure moved forward",
        "payment-failed" => "A payment did not go through",
        "payment-returned" => entry.Reason switch
        {
            "late" => "A payment came after its time and goes back",
            "paid-twice" => "Paid twice, so one payment goes back",
            _ => "A payment goes back",
        },
        // The reason is the amount.
        "refunded" => $"{entry.Reason ?? "Money"} given back",
        // The reason is the kind of mail.
        "mail-sent" => $"Mail sent to {Actor(IsToHost(entry.Reason) ? BookingParty.Host : BookingParty.Guest, seenAs)}",
        _ => entry.Event.Replace('-', ' '),
    };

    private static bool IsToHost(string? mail) => mail == "booking-requested" || mail?.EndsWith("-host", StringComparison.Ordinal) == true;

    public static string Actor(BookingParty actor, BookingParty seenAs) => actor == seenAs ? "you" : actor switch
    {
        BookingParty.Guest => "the guest",
        BookingParty.Host => "the host",
        BookingParty.Operator => "our team",
        _ => "Travel",
    };

    /// <summary>Reasons that people wrote; others are names and dates for machines.</summary>
    public static string? Reason(BookingEvent entry) => entry.Event is "cancelled" or "declined" ? entry.Reason : null;

    public static string Moment(BookingResponse booking, DateTimeOffset at) =>
        $"{PlaceTime.Moment(at, booking.Listing.TimeZone)} ({PlaceTime.ZoneName(booking.Listing.TimeZone, booking.CheckIn)})";
}
