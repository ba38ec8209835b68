namespace Travel.Contracts.Bookings;

/// <summary>The morning of the day before check-in has come at the listing.</summary>
/// <param name="CheckInOn">Of the stay as it was then; one that has been moved since gets a reminder of its own.</param>
public sealed record CheckInReminderDue(Guid BookingId, int Version, DateOnly CheckInOn) : IMessage
{
    public static string RoutingKey => "booking.check-in-due";
}

/// <summary>A morning has come at the place that a host lets, and there is something to say.</summary>
/// <param name="Day">Of that morning.</param>
/// <param name="TimeZone">IANA zone of most of the host's places, by which it is morning.</param>
public sealed record HostDigestDue(Guid HostId, DateOnly Day, string TimeZone) : IMessage
{
    public static string RoutingKey => "host.digest-due";
}
