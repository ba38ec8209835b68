using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Domain.Availability;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Availability;

[Collection(TravelGraph.Collection)]
public sealed class BlockNightsTests(TravelGraph graph)
{
    [Fact]
    public async Task Closed_nights_cannot_be_booked_until_they_are_opened_again()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        var nights = HostedPlace.Nights(30, 33);
        var block = await place.BlockedAsync(nights, "Painting");

        using var refused = await guest.BookAsync(place.Stay(nights));
        using var opened = await place.Host.DeleteAsync($"{place.Path}/blocks/{block.Id}");

        await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict, "dates-unavailable");
        opened.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await guest.BookedAsync(place.Stay(nights));
        using var again = await place.Host.DeleteAsync($"{place.Path}/blocks/{block.Id}");
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_block_that_meets_a_booking_is_refused_with_its_dates_and_changes_nothing()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(place.Stay(HostedPlace.Nights(40, 42)));

        using var refused = await place.BlockAsync(HostedPlace.Nights(38, 41));

        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict, "nights-taken");
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(booking.Reference);
        problem.GetProperty("taken").Deserialize<NightRange[]>(TravelJson.Options).ShouldBe([HostedPlace.Nights(40, 42)]);
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(40, 42));
    }

    [Fact]
    public async Task Blocks_may_touch_each_other_and_bookings_and_may_not_overlap()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        await guest.BookedAsync(place.Stay(HostedPlace.Nights(20, 22)));
        await place.BlockedAsync(HostedPlace.Nights(22, 24));
        await place.BlockedAsync(HostedPlace.Nights(24, 26));

        using var refused = await place.BlockAsync(HostedPlace.Nights(25, 28));

        await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict, "nights-taken");
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(20, 26));
    }

    [Fact]
    public async Task Of_a_host_and_a_guest_racing_for_a_night_exactly_one_gets_it()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();

        for (var round = 0; round < 8; round++)
        {
            var nights = HostedPlace.Nights(30 + (3 * round), 32 + (3 * round));
            var answers = await Task.WhenAll(guest.BookAsync(place.Stay(nights)), place.BlockAsync(nights));

            answers.Select(answer => answer.StatusCode).ShouldBe([HttpStatusCode.Created, HttpStatusCode.Conflict], ignoreOrder: true);
        }

        await using var db = await graph.DatabaseAsync();
        (await db.Occupancies.CountAsync(taken => taken.ListingId == place.Id)).ShouldBe(8);
    }

    [Fact]
    public async Task The_same_request_sent_again_makes_one_block()
    {
        using var place = await HostedPlace.AtAsync(graph);
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => place.BlockAsync(HostedPlace.Nights(30, 32), key: key)));

        using var later = await place.BlockAsync(HostedPlace.Nights(30, 32), key: key);
        later.StatusCode.ShouldBe(HttpStatusCode.Created);
        foreach (var answer in answers)
        {
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                (await answer.Content.ReadAsStringAsync()).ShouldBe(await later.Content.ReadAsStringAsync());
            }
            else
            {
                await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "request-in-flight");
            }
        }

        using var other = await place.BlockAsync(HostedPlace.Nights(50, 52), key: key);
        await other.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(30, 32));
        (await place.Host.GetFromJsonAsync<Page<BlockResponse>>($"{place.Path}/blocks", TravelJson.Options))!.Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task However_busy_a_place_is_a_repetition_gets_its_answer_and_a_rival_is_told_at_once()
    {
        using var place = await HostedPlace.AtAsync(graph);
        var (answered, inFlight) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        using var first = await place.BlockAsync(HostedPlace.Nights(30, 32), key: answered);
        await using var db = await graph.DatabaseAsync();
        await using var busy = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('listing:' || {place.Id}::text, 0))");

        using var again = await place.BlockAsync(HostedPlace.Nights(30, 32), key: answered);
        var waiting = place.BlockAsync(HostedPlace.Nights(40, 42), key: inFlight);
        await Eventually.GetAsync(
            () => db.Database.SqlQuery<long>(
                $"""
                SELECT count(*) AS "Value" FROM pg_locks l JOIN pg_locks held ON (l.classid, l.objid) = (held.classid, held.objid)
                WHERE l.locktype = 'advisory' AND NOT l.granted AND held.granted AND held.pid = pg_backend_pid()
                """).SingleAsync(),
            waiters => waiters > 0,
            TimeSpan.FromSeconds(5),
            "A block that waits for the place");
        using var rival = await place.BlockAsync(HostedPlace.Nights(40, 42), key: inFlight);
        await busy.RollbackAsync();

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        rival.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        rival.Headers.RetryAfter.ShouldNotBeNull();
        using var waited = await waiting;
        waited.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Whoever_needs_all_places_of_a_host_does_not_wait_for_ever_for_one()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var holder = await graph.DatabaseAsync();
        await using var busy = await holder.Database.BeginTransactionAsync();
        await holder.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('listing:' || {place.Id}::text, 0))");
        await using var db = await graph.DatabaseAsync();
        var hostId = await db.Listings.Where(listing => listing.Id == place.Id).Select(listing => listing.HostId).SingleAsync();
        await using var waiting = await db.Database.BeginTransactionAsync();

        var refused = await Should.ThrowAsync<PostgresException>(() => db.LockListingsOfAsync(hostId, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(8)));

        refused.SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
    }

    [Theory]
    [InlineData(-3, 2, "from")]
    [InlineData(5, 5, "to")]
    [InlineData(5, 800, "to")]
    public async Task Nights_that_make_no_sense_are_refused_by_field(int from, int to, string field)
    {
        using var place = await HostedPlace.AtAsync(graph);

        using var refused = await place.BlockAsync(HostedPlace.Nights(from, to));

        await refused.ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task Nights_that_are_over_are_no_longer_listed()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await place.KeepClosedAsync(graph, from: -5, nights: 2);
        var block = await place.BlockedAsync(HostedPlace.Nights(30, 32));

        var blocks = await place.Host.GetFromJsonAsync<Page<BlockResponse>>($"{place.Path}/blocks", TravelJson.Options);

        blocks!.Items.Select(listed => listed.Id).ShouldBe([block.Id]);
    }

    [Fact]
    public async Task Only_its_host_sees_and_changes_a_calendar()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var other = await HostedPlace.AtAsync(graph);
        using var nobody = graph.Anonymous();

        foreach (var path in new[] { "calendar", "blocks", "imports" })
        {
            using var forbidden = await other.Host.GetAsync($"{place.Path}/{path}");
            using var unknown = await nobody.GetAsync($"{place.Path}/{path}");
            await forbidden.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var taken = await other.Host.PutAsync($"{place.Path}/calendar-token", content: null);
        await taken.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        using var missing = await place.Host.GetAsync($"/api/v1/listings/{Guid.NewGuid()}/blocks");
        await missing.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_host_sees_what_takes_each_night()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(place.Stay(HostedPlace.Nights(20, 22)));
        var block = await place.BlockedAsync(HostedPlace.Nights(25, 26), "Painting");

        var calendar = await place.Host.GetFromJsonAsync<HostCalendar>($"{place.Path}/calendar", TravelJson.Options);

        calendar!.Nights.ShouldBe(
        [
            new HostNights(NightsOwner.Booking, booking.Id, booking.CheckIn, booking.CheckOut, booking.Reference),
            new HostNights(NightsOwner.Block, block.Id, block.From, block.To, "Painting"),
        ]);
    }
}
