namespace Travel.Contracts.Bookings;

// Version is the booking's; a message with a lower one than already seen is old news.

/// <summary>A stay is certain: guest and host can count on it.</summary>
public sealed record BookingConfirmed(Guid BookingId, int Version, DateTimeOffset ConfirmedAt) : IMessage
{
    public static string RoutingKey => "booking.confirmed";
}

/// <summary>A guest has booked, and the nights are held until they have paid.</summary>
public sealed record BookingHeld(Guid BookingId, int Version, DateTimeOffset HoldExpiresAt, DateTimeOffset HeldAt) : IMessage
{
    public static string RoutingKey => "booking.held";
}

/// <summary>A guest asks for a stay that its host has to accept first.</summary>
public sealed record BookingRequested(Guid BookingId, int Version, DateTimeOffset RequestedAt) : IMessage
{
    public static string RoutingKey => "booking.requested";
}

/// <summary>A host has accepted, and the nights are held until the guest has paid.</summary>
public sealed record BookingAccepted(Guid BookingId, int Version, DateTimeOffset HoldExpiresAt, DateTimeOffset AcceptedAt) : IMessage
{
    public static string RoutingKey => "booking.accepted";
}

/// <summary>A request came to nothing: the host said no, or said yes when somebody else had the nights.</summary>
public sealed record BookingDeclined(Guid BookingId, int Version, bool NightsGone, DateTimeOffset DeclinedAt) : IMessage
{
    public static string RoutingKey => "booking.declined";
}

/// <summary>Nothing happened in time: a host did not answer, or a guest did not pay.</summary>
public sealed record BookingExpired(Guid BookingId, int Version, bool WasRequest, DateTimeOffset ExpiredAt) : IMessage
{
    public static string RoutingKey => "booking.expired";
}

/// <param name="Was">What it was before.</param>
public sealed record BookingCancelled(Guid BookingId, int Version, BookingParty By, BookingStatus Was, DateTimeOffset CancelledAt) : IMessage
{
    public static string RoutingKey => "booking.cancelled";
}

/// <summary>A confirmed stay has other dates or guests, or ends earlier.</summary>
public sealed record BookingChanged(Guid BookingId, int Version, BookingParty By, bool LeftEarly, DateTimeOffset ChangedAt) : IMessage
{
    public static string RoutingKey => "booking.changed";
}

/// <summary>A change was not paid in time; the stay is as it was.</summary>
public sealed record BookingChangeExpired(Guid BookingId, int Version, DateTimeOffset ExpiredAt) : IMessage
{
    public static string RoutingKey => "booking.change-expired";
}
