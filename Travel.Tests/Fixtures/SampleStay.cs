using Travel.Domain.Bookings;

namespace Travel.Tests.Fixtures;

/// <summary>A booked stay in memory, for tests of what is made from it.</summary>
internal static class SampleStay
{
    private static readonly TimeSpan AddisAbaba = TimeSpan.FromHours(3);

    public static BookedStay With(string title = "Lake house", int version = 1, bool isOff = false, bool isTentative = false) => new(
        Guid.NewGuid(),
        "4HNRXY7Q",
        "Sara",
        title,
        "Bahir Dar",
        "Ethiopia",
        11.594167,
        37.3875,
        "Africa/Addis_Ababa",
        new DateTimeOffset(2026, 12, 24, 14, 0, 0, AddisAbaba),
        new DateTimeOffset(2026, 12, 26, 11, 0, 0, AddisAbaba),
        Nights: 2,
        Guests: 2,
        "2,500.00 ETB",
        new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero),
        version,
        isOff,
        isTentative,
        new Uri("http://localhost:5080/trips/1"));
}
