using System.Globalization;
using Travel.Domain.Bookings;
using Travel.Contracts.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings.Races;

/// <summary>
/// Many clients, few listings, one clock that runs ahead: everything that moves nights or bookings at once, on real PostgreSQL. A short
/// round with every run of the tests; <c>RACE_ROUNDS=5000</c> (rounds of each client) for a long one.
/// </summary>
[Collection(TravelGraph.Collection)]
public sealed class RaceTests(BookingHouse house) : IClassFixture<BookingHouse>
{
    private const int Clients = 64;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("RACE_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 15;

    /// <summary>With all clients on two cores and each turn waiting for those before it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Whatever_happens_at_once_no_night_is_anybodys_twice_and_nothing_is_lost_doubled_or_left_without_an_answer()
    {
        var places = new[]
        {
            await house.PlaceAsync(PaymentMode.OnArrival, BookingMode.Instant),
            await house.PlaceAsync(PaymentMode.Online, BookingMode.Instant),
            await house.PlaceAsync(PaymentMode.OnArrival, BookingMode.Request),
            await house.PlaceAsync(PaymentMode.Online, BookingMode.Request),
        };
        var record = new RaceRecord();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(() => new RaceClient(house, places, record, number).RunAsync(Rounds))));

        record.Failures.ShouldBeEmpty();
        record.Longest.ShouldBeLessThan(LongestWait);
        // A race in which nobody lost, or nobody won, was none.
        record.Count(nameof(BookStayOutcome.DatesUnavailable)).ShouldBeGreaterThan(Clients);
        record.Booked.Count.ShouldBeGreaterThan(Clients);
        await house.ShouldBeSoundAsync(record);
    }
}
