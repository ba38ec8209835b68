using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings.Races;

[Collection(TravelGraph.Collection)]
public sealed class IdempotencyTests : IClassFixture<BookingHouse>
{
    private readonly TravelGraph graph;
    private readonly BookingHouse house;

    public IdempotencyTests(TravelGraph graph, BookingHouse house) => (this.graph, this.house, house.Clock.Now) = (graph, house, BookingHouse.Now);

    [Fact]
    public async Task Many_identical_requests_in_flight_make_one_booking_and_all_come_to_the_same_answer()
    {
        using var guest = await graph.GuestAsync();
        var stay = await graph.Stays.FreeAsync();
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => AskUntilAnsweredAsync(guest, stay, key)));

        answers.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        await using var db = await graph.DatabaseAsync();
        (await db.Bookings.CountAsync(booking => booking.ListingId == stay.ListingId && booking.CheckInOn == stay.CheckIn)).ShouldBe(1);
    }

    [Fact]
    public async Task A_process_killed_with_the_key_in_its_hands_leaves_nothing_that_is_in_the_way()
    {
        using var guest = await graph.GuestAsync();
        var stay = await graph.Stays.FreeAsync();
        var key = Guid.NewGuid().ToString();
        await using var db = await graph.DatabaseAsync();
        await using var holder = await HeldListing.TakeAsync(db, stay.ListingId);
        var dying = guest.BookAsync(stay, key);
        await holder.WaitingAsync();

        using var inFlight = await guest.BookAsync(stay, key);
        try
        {
            await graph.KillAsync(ResourceNames.Api);
            await holder.DisposeAsync();
        }
        finally
        {
            await graph.StartAsync(ResourceNames.Api);
        }

        await inFlight.ShouldBeProblemAsync(HttpStatusCode.Conflict, "request-in-flight");
        inFlight.Headers.RetryAfter.ShouldNotBeNull();
        await Should.ThrowAsync<HttpRequestException>(() => dying);
        await AskUntilAnsweredAsync(guest, stay, key);
        (await db.Bookings.CountAsync(found => found.ListingId == stay.ListingId && found.CheckInOn == stay.CheckIn)).ShouldBe(1);
    }

    [Fact]
    public async Task A_request_whose_connection_breaks_while_it_waits_is_answered_all_the_same()
    {
        using var guest = await graph.GuestAsync();
        var stay = await graph.Stays.FreeAsync();
        await using var db = await graph.DatabaseAsync();
        await using var holder = await HeldListing.TakeAsync(db, stay.ListingId);

        var booking = guest.BookAsync(stay);
        var waiting = await holder.WaitingAsync();
        await db.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend({waiting})");
        await holder.DisposeAsync();

        using var answer = await booking;
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        (await db.Bookings.CountAsync(found => found.ListingId == stay.ListingId && found.CheckInOn == stay.CheckIn)).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_is_remembered_for_a_day_and_then_counts_as_unused_even_if_its_row_is_still_there()
    {
        var place = await house.PlaceAsync();
        var first = (await house.TryBookAsync(place, 10, 2, "key")).ShouldBeOfType<BookStayOutcome.Booked>();

        house.Clock.Now = BookingHouse.Now.AddHours(24).AddTicks(-10);
        (await house.TryBookAsync(place, 10, 2, "key")).ShouldBeOfType<BookStayOutcome.Booked>().Booking.Id.ShouldBe(first.Booking.Id);
        (await house.TryBookAsync(place, 20, 2, "key")).ShouldBeOfType<BookStayOutcome.KeyUsedForAnotherRequest>();

        house.Clock.Now = BookingHouse.Now.AddHours(24);
        (await house.TryBookAsync(place, 20, 2, "key")).ShouldBeOfType<BookStayOutcome.Booked>().Booking.Id.ShouldNotBe(first.Booking.Id);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered()
    {
        var place = await house.PlaceAsync();
        var taken = await house.BookAsync(place, 10, 2);
        (await house.TryBookAsync(place, 10, 2, "again")).ShouldBeOfType<BookStayOutcome.DatesUnavailable>();

        await house.CancelAsync(new Caller(place.Guest.Id), taken.Id);

        (await house.TryBookAsync(place, 10, 2, "again")).ShouldBeOfType<BookStayOutcome.Booked>().IsRepetition.ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_of_two_callers_have_nothing_to_do_with_each_other()
    {
        var (one, another) = (await house.PlaceAsync(), await house.PlaceAsync());

        (await house.TryBookAsync(one, 10, 2, "key-1")).ShouldBeOfType<BookStayOutcome.Booked>();
        (await house.TryBookAsync(another, 20, 2, "key-1")).ShouldBeOfType<BookStayOutcome.Booked>();
    }

    /// <summary>As a client should: told that the same request is in flight, it asks again.</summary>
    private static async Task<string> AskUntilAnsweredAsync(HttpClient guest, BookStayRequest stay, string key)
    {
        var answer = await Eventually.GetAsync(
            async () =>
            {
                using var answer = await guest.BookAsync(stay, key);
                if (answer.StatusCode == HttpStatusCode.Conflict)
                {
                    answer.Headers.RetryAfter.ShouldNotBeNull();
                    return null;
                }

                answer.StatusCode.ShouldBe(HttpStatusCode.Created);
                return await answer.Content.ReadAsStringAsync();
            },
            seen => seen is not null,
            TimeSpan.FromSeconds(10),
            "An answer");
        return answer!;
    }
}
