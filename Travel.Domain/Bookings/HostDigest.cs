using Travel.Contracts.Bookings;

namespace Travel.Domain.Bookings;

/// <summary>A host's day, or the morning it begins with.</summary>
/// <param name="TimeZone">IANA zone by whose clock it is this day; each stay is by the clock at its own listing.</param>
public sealed record HostMorning(Guid HostId, DateOnly Day, string TimeZone);

/// <summary>What a host is to know in the morning.</summary>
/// <param name="Arrivals">Guests who check in today.</param>
/// <param name="Departures">Guests who check out today.</param>
/// <param name="Requests">What waits for the host's answer, what ends first in front.</param>
/// <param name="FewNights">Places of which hardly a night is free.</param>
public sealed record HostDigest(
    HostMorning Morning,
    IReadOnlyList<DigestStay> Arrivals,
    IReadOnlyList<DigestStay> Departures,
    IReadOnlyList<DigestRequest> Requests,
    IReadOnlyList<FewFreeNights> FewNights)
{
    /// <summary>Few free nights are no news the day after: by themselves they are said on Mondays.</summary>
    public bool SaysSomething =>
        Arrivals.Count + Departures.Count + Requests.Count > 0 || (FewNights.Count > 0 && Morning.Day.DayOfWeek == DayOfWeek.Monday);
}

/// <param name="At">Check-in or check-out, by the clock at the listing.</param>
public sealed record DigestStay(string Reference, string GuestName, int Guests, string Title, TimeOnly At, string TimeZone);

public sealed record DigestRequest(string Reference, string GuestName, string Title, DateOnly CheckInOn, DateOnly CheckOutOn, DateTimeOffset AnswerBy, string TimeZone);

/// <param name="Free">How many of the next <see cref="HostDigests.DaysAhead"/> nights are.</param>
public sealed record FewFreeNights(string Title, int Free);
