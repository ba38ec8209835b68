using System.Diagnostics.Metrics;

namespace Travel.Domain.Bookings;

/// <summary>How many stays are asked for, and what becomes of it.</summary>
internal static class BookingMetrics
{
    private static readonly Meter Meter = new("Travel.Bookings");

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "travel.booking.attempts", "{attempt}", "Attempts to book a stay, by outcome; booked is a new booking.");

    public static void Count(BookStayOutcome outcome) => Attempts.Add(1, new KeyValuePair<string, object?>("travel.booking.outcome", NameOf(outcome)));

    private static string NameOf(BookStayOutcome outcome) => outcome switch
    {
        BookStayOutcome.Booked { IsRepetition: true } => "repeated",
        BookStayOutcome.Booked => "booked",
        BookStayOutcome.DatesUnavailable => "dates_unavailable",
        BookStayOutcome.PriceChanged => "price_changed",
        BookStayOutcome.OwnListing => "own_listing",
        BookStayOutcome.NoSuchListing => "no_such_listing",
        BookStayOutcome.NoSuchGuest => "no_such_guest",
        BookStayOutcome.InFlight => "in_flight",
        _ => "invalid",
    };
}
