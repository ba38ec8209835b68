using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

[Collection(DatabaseServer.Collection)]
public sealed class SendHostDigestsTests : IClassFixture<BookingHouse>
{
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);
    private readonly BookingHouse house;

    public SendHostDigestsTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Fact]
    public async Task A_host_hears_from_seven_in_the_morning_on_who_comes_and_who_leaves_that_day()
    {
        var place = await house.PlaceAsync();
        var leaving = await house.BookAsync(place, 3, 2);
        var coming = await house.BookAsync(place, 5, 2);
        await house.BookAsync(place, 7, 2);
        await house.BookAsync(place, 1, 2);

        await RunAsync(SevenOn(5) - Moment);
        (await DigestsToAsync(place.Host)).ShouldBeEmpty();
        await RunAsync(SevenOn(5));

        (await DigestsToAsync(place.Host)).ShouldHaveSingleItem().ShouldContain("\"day\":\"2027-03-06\",\"timeZone\":\"Africa/Addis_Ababa\"");
        var digest = await ReadAsync(place.Host, 5);
        digest.Arrivals.ShouldHaveSingleItem().ShouldBe(new DigestStay(coming.Reference, place.Guest.DisplayName, 2, place.Listing.Title, new TimeOnly(14, 0), "Africa/Addis_Ababa"));
        digest.Departures.ShouldHaveSingleItem().Reference.ShouldBe(leaving.Reference);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_say_nothing_is_said_and_a_morning_that_was_missed_is_made_up_for_until_noon()
    {
        var (early, late, quiet) = (await house.PlaceAsync(), await house.PlaceAsync(), await house.PlaceAsync());
        await house.BookAsync(early, 8, 2);
        await house.BookAsync(late, 9, 2);
        var cancelled = await house.BookAsync(quiet, 8, 2);
        await house.CancelAsync(new Caller(quiet.Guest.Id), cancelled.Id);
        await house.BookAsync(quiet, 20, 2);

        await RunAsync(SevenOn(8).AddHours(5) - Moment);
        (await DigestsToAsync(early.Host)).ShouldHaveSingleItem();
        await RunAsync(SevenOn(9).AddHours(5));

        (await DigestsToAsync(late.Host)).ShouldBeEmpty();
        (await DigestsToAsync(quiet.Host)).ShouldBeEmpty();
    }

    [Fact]
    public async Task However_often_it_is_run_and_by_however_many_at_once_a_host_hears_once_a_day()
    {
        List<Place> places = [];
        for (var count = 0; count < 5; count++)
        {
            places.Add(await house.PlaceAsync());
            await house.BookAsync(places[^1], 11, 1);
            await house.BookAsync(places[^1], 12, 1);
        }

        house.Clock.Now = SevenOn(11);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunAsync(SevenOn(11)))));
        (await RunAsync(SevenOn(11).AddMinutes(15))).ShouldBe(0);
        foreach (var place in places)
        {
            (await DigestsToAsync(place.Host)).ShouldHaveSingleItem();
        }

        await RunAsync(SevenOn(12));
        (await DigestsToAsync(places[0].Host)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_waits_for_an_answer_is_said_as_long_as_it_can_be_given()
    {
        var place = await house.PlaceAsync(booking: BookingMode.Request);
        house.Clock.Now = SevenOn(13) - TimeSpan.FromHours(12);
        var request = await house.BookAsync(place, 30, 2);

        (await ReadAsync(place.Host, 13)).Requests.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            asked => asked.Reference.ShouldBe(request.Reference), asked => asked.AnswerBy.ShouldBe(request.RequestExpiresAt!.Value));
        (await ReadAsync(place.Host, 14)).SaysSomething.ShouldBeFalse();
        await RunAsync(SevenOn(13));
        (await DigestsToAsync(place.Host)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_place_with_few_free_nights_is_named_and_by_itself_on_Mondays_alone()
    {
        var place = await house.PlaceAsync();
        // Of the 30 nights from Monday in two weeks on, 25.
        await house.BookAsync(place, 15, 25);
        var roomy = await house.PlaceAsync();
        await house.BookAsync(roomy, 15, 24);

        var monday = await ReadAsync(place.Host, 14);
        monday.Morning.Day.DayOfWeek.ShouldBe(DayOfWeek.Monday);
        monday.FewNights.ShouldBe([new FewFreeNights(place.Listing.Title, 5)]);
        (monday.Arrivals.Count + monday.Departures.Count + monday.Requests.Count).ShouldBe(0);
        monday.SaysSomething.ShouldBeTrue();
        (await ReadAsync(roomy.Host, 14)).SaysSomething.ShouldBeFalse();
        var saturday = await ReadAsync(place.Host, 12);
        (saturday.FewNights.Count, saturday.SaysSomething).ShouldBe((1, false));
        (await ReadAsync(place.Host, 18)).FewNights.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_is_by_the_clock_at_each_listing_and_the_morning_by_that_of_most()
    {
        var place = await house.PlaceAsync(timeZone: "Pacific/Kiritimati");
        var elsewhere = await ListingOfAsync(place.Host, "Pacific/Pago_Pago");
        await ListingOfAsync(place.Host, "Pacific/Kiritimati");
        // On one day of the calendar, which begins a day apart in the two.
        var first = await house.BookAsync(place, 16, 2);
        var second = await house.BookAsync(place with { Listing = elsewhere }, 16, 2);

        var sevenThere = new DateTimeOffset(2027, 3, 16, 17, 0, 0, TimeSpan.Zero);
        await RunAsync(sevenThere);
        (await DigestsToAsync(place.Host)).ShouldHaveSingleItem().ShouldContain("\"day\":\"2027-03-17\",\"timeZone\":\"Pacific/Kiritimati\"");
        (await ArrivalsAsync(sevenThere)).ShouldBe([first.Reference]);
        (await ArrivalsAsync(sevenThere.AddDays(1))).ShouldBe([second.Reference]);

        async Task<IEnumerable<string>> ArrivalsAsync(DateTimeOffset at) =>
            (await ReadAsync(new HostMorning(place.Host.Id, LocalTime.DayAt(at, "Pacific/Kiritimati"), "Pacific/Kiritimati"), at)).Arrivals.Select(stay => stay.Reference);
    }

    [Fact]
    public async Task However_many_hosts_it_takes_as_many_questions()
    {
        List<HostMorning> mornings = [];
        for (var count = 0; count < 6; count++)
        {
            var place = await house.PlaceAsync();
            await house.BookAsync(place, 20, 2);
            mornings.Add(new HostMorning(place.Host.Id, BookingHouse.Today.AddDays(20), "Africa/Addis_Ababa"));
        }

        foreach (var hosts in new[] { 1, 6 })
        {
            var statements = new Statements();
            await using var db = new TravelDbContext(new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(house.Database).AddInterceptors(statements).Options);

            var digests = await HostDigests.ReadAsync(db, mornings[..hosts], SevenOn(20), CancellationToken.None);

            digests.Count.ShouldBe(hosts);
            digests.ShouldAllBe(digest => digest.Arrivals.Count == 1);
            statements.Seen.Count.ShouldBe(4);
        }
    }

    /// <summary>So many days from <see cref="BookingHouse.Today"/>, in Addis Ababa.</summary>
    private static DateTimeOffset SevenOn(int day) => new DateTimeOffset(BookingHouse.Today, new TimeOnly(4, 0), TimeSpan.Zero).AddDays(day);

    private Task<int> RunAsync(DateTimeOffset at)
    {
        house.Clock.Now = at;
        return house.DoAsync((SendHostDigests send) => send.ExecuteAsync(CancellationToken.None));
    }

    private Task<HostDigest> ReadAsync(User host, int day) =>
        ReadAsync(new HostMorning(host.Id, BookingHouse.Today.AddDays(day), "Africa/Addis_Ababa"), SevenOn(day));

    private Task<HostDigest> ReadAsync(HostMorning morning, DateTimeOffset at) =>
        house.AskAsync(async db => (await HostDigests.ReadAsync(db, [morning], at, CancellationToken.None)).ShouldHaveSingleItem());

    private Task<Listing> ListingOfAsync(User host, string timeZone) => house.AskAsync(async db =>
    {
        var id = Guid.NewGuid();
        var listing = SampleListing.With(timeZone: timeZone, hostId: host.Id, slug: $"place-{id:N}", id: id);
        db.Listings.Add(listing);
        await db.SaveChangesAsync();
        return listing;
    });

    private Task<List<string>> DigestsToAsync(User host) => house.ToldAsync(host.Id, HostDigestDue.RoutingKey);
}
