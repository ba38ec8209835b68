using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings.Races;

[Collection(TravelGraph.Outages)]
public sealed class IdempotencyTests(TravelGraph graph)
{
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
        // No replica is to book for the first time below: whoever waits for two seconds begins anew, and lets go of the key in between.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var refused = await guest.BookAsync(stay with { ListingId = Guid.NewGuid() });
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }));
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

                var body = await answer.Content.ReadAsStringAsync();
                answer.StatusCode.ShouldBe(HttpStatusCode.Created, $"{answer.Headers.WwwAuthenticate} {body}");
                return body;
            },
            seen => seen is not null,
            TimeSpan.FromSeconds(10),
            "An answer");
        return answer!;
    }
}
