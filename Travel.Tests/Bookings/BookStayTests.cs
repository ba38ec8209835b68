using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

[Collection(TravelGraph.Collection)]
public sealed class BookStayTests(TravelGraph graph)
{
    [Fact]
    public async Task Of_many_guests_racing_for_one_night_exactly_one_gets_it()
    {
        var guests = (await graph.PersonsAsync([.. Enumerable.Repeat(Role.Guest, 32)])).Select(graph.As).ToList();
        var stay = await graph.Stays.FreeAsync();

        var answers = await Task.WhenAll(guests.Select(guest => guest.BookAsync(stay)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(31);
        await using var db = await graph.DatabaseAsync();
        (await db.Bookings.CountAsync(booking => booking.ListingId == stay.ListingId && booking.CheckInOn == stay.CheckIn)).ShouldBe(1);
        guests.ForEach(guest => guest.Dispose());
    }

    [Fact]
    public async Task Even_without_the_lock_the_database_lets_nobody_else_have_a_taken_night()
    {
        using var guest = await graph.GuestAsync();
        var stay = await graph.Stays.FreeAsync();
        await guest.BookedAsync(stay);
        await using var db = await graph.DatabaseAsync();
        db.Occupancies.Add(Occupancy.For(Guid.NewGuid(), stay.ListingId, stay.CheckIn, stay.CheckIn.AddDays(1), TimeProvider.System.GetUtcNow()));

        var refused = await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync());

        refused.InnerException.ShouldBeOfType<PostgresException>().ConstraintName.ShouldBe(Occupancy.NoOverlap);
    }

    [Fact]
    public async Task The_day_of_departure_is_free_for_the_next_guest()
    {
        using var guest = await graph.GuestAsync();
        var stay = await graph.Stays.FreeAsync();
        var next = await graph.Stays.FreeAsync();
        next.CheckIn.ShouldBe(stay.CheckOut);

        await guest.BookedAsync(stay);
        await guest.BookedAsync(next);
    }

    [Fact]
    public async Task The_same_request_sent_again_gets_the_same_answer_and_no_second_booking()
    {
        using var guest = await graph.GuestAsync();
        var stay = await graph.Stays.FreeAsync();
        var key = Guid.NewGuid().ToString();

        using var first = await guest.BookAsync(stay, key);
        using var second = await guest.BookAsync(stay, key);

        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        await using var db = await graph.DatabaseAsync();
        (await db.Bookings.CountAsync(booking => booking.ListingId == stay.ListingId && booking.CheckInOn == stay.CheckIn)).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_used_for_another_stay_is_refused()
    {
        using var guest = await graph.GuestAsync();
        var key = Guid.NewGuid().ToString();
        using var first = await guest.BookAsync(await graph.Stays.FreeAsync(), key);

        using var other = await guest.BookAsync(await graph.Stays.FreeAsync(), key);

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_booking_needs_a_key_and_a_guest()
    {
        using var guest = await graph.GuestAsync();
        using var nobody = graph.Anonymous();
        var stay = await graph.Stays.FreeAsync();

        using var withoutKey = await guest.PostAsJsonAsync("/api/v1/bookings", stay, TravelJson.Options);
        using var withoutGuest = await nobody.BookAsync(stay);

        withoutKey.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        withoutGuest.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"checkIn":"2020-01-01","checkOut":"2020-01-03","guests":1}""", "checkIn")]
    [InlineData("""{"checkIn":"2027-01-05","checkOut":"2027-01-03","guests":1}""", "checkOut")]
    [InlineData("""{"checkIn":"2027-01-05","checkOut":"2027-01-07","guests":0}""", "guests")]
    [InlineData("""{"checkIn":"2027-01-05","checkOut":"2027-01-07","guests":99}""", "guests")]
    [InlineData("""{"checkIn":"2027-01-05","checkOut":"2027-01-07","guests":1,"discount":50}""", "discount")]
    [InlineData("""{"checkIn":"2027-01-05","guests":1}""", "checkOut")]
    [InlineData("""{"checkIn":"05.01.2027","checkOut":"2027-01-07","guests":1}""", "checkIn")]
    public async Task A_request_that_makes_no_sense_names_the_field(string stay, string field)
    {
        using var guest = await graph.GuestAsync();
        var listing = await graph.Stays.ListingAsync();
        var body = stay.Replace("{", $$"""{"listingId":"{{listing.Id}}",""", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings")
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var answer = await guest.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_booking_is_seen_by_its_guest_and_its_price_is_what_the_quote_said()
    {
        using var guest = await graph.GuestAsync();
        using var nobody = graph.Anonymous();
        var stay = await graph.Stays.FreeAsync();
        var quote = await nobody.GetFromJsonAsync<Quote>(
            $"/api/v1/listings/{stay.ListingId}/quote?checkIn={stay.CheckIn:yyyy-MM-dd}&checkOut={stay.CheckOut:yyyy-MM-dd}&guests=1", TravelJson.Options);

        var booking = await guest.BookedAsync(stay);

        var seen = await guest.GetFromJsonAsync<BookingResponse>($"/api/v1/bookings/{booking.Id}", TravelJson.Options);
        seen!.Reference.ShouldBe(booking.Reference);
        seen.Quote.Total.ShouldBe(quote!.Total);
        (await nobody.GetAsync($"/api/v1/bookings/{booking.Id}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
