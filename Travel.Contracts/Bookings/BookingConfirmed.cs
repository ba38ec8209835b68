namespace Travel.Contracts.Bookings;

/// <summary>A stay is certain: guest and host can count on it.</summary>
/// <param name="Version">The booking's version; a message with a lower one than already seen is old news.</param>
public sealed record BookingConfirmed(Guid BookingId, int Version, DateTimeOffset ConfirmedAt) : IMessage
{
    public static string RoutingKey => "booking.confirmed";
}
