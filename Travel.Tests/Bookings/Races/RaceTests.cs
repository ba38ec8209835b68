using System.Diagnostics;
using System.Globalization;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;
using Xunit.Abstractions;

namespace Travel.Tests.Bookings.Races;

/// <summary>
/// Many clients, few listings, one clock that runs ahead: everything that moves nights or bookings at once, on real PostgreSQL. A short
/// round with every run of the tests; <c>RACE_ROUNDS=5000</c> (rounds of each client) for a long one.
/// </summary>
[Collection(DatabaseServer.Collection)]
public sealed class RaceTests(BookingHouse house, ITestOutputHelper output) : IClassFixture<BookingHouse>
{
    private const int Clients = 64;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("RACE_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 15;

    /// <summary>Four waits of two seconds for the listing, the pauses between them, and the work.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(12);

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
        List<(Place Place, Guid Import)> imports = [];
        foreach (var place in places)
        {
            imports.Add((place, await house.ImportAsync(place, "https://one.example/stays.ics")));
            imports.Add((place, await house.ImportAsync(place, "https://other.example/stays.ics")));
        }

        var record = new RaceRecord();
        var importsOf = imports.ToLookup(import => import.Place, import => import.Import);
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(() => new RaceClient(house, places, importsOf, record, number).RunAsync(Rounds))));

        output.WriteLine($"{Clients} clients, {Rounds} rounds, {watch.Elapsed.TotalSeconds:0} s: {record}; {await house.TakenAnewAsync()} transactions rolled back");
        record.Failures.ShouldBeEmpty();
        record.Longest.ShouldBeLessThan(LongestWait);
        record.Count(RaceRecord.Busy).ShouldBeLessThan(record.Answers / 100, "requests that never had their turn");
        // A race in which nobody lost, or nobody won, was none.
        record.Count(nameof(BookStayOutcome.DatesUnavailable)).ShouldBeGreaterThan(Clients);
        record.Booked.Count.ShouldBeGreaterThan(Clients);
        record.Count("ImportAsync").ShouldBeGreaterThan(imports.Count);
        await house.ShouldBeSoundAsync(record);
    }
}
