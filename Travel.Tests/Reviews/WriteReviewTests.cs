using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Reviews;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Reviews;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Reviews;

[Collection(TravelGraph.Collection)]
public sealed class WriteReviewTests(TravelGraph graph)
{
    private static readonly WriteReviewRequest Good = new(5, "The lake at dawn.");

    [Fact]
    public async Task A_guest_reviews_a_stay_that_is_over_and_the_listing_is_rated_by_it()
    {
        var (booking, listing, guest, _) = await StayAsync();
        using var client = graph.As(guest);

        var written = await WriteAsync(client, booking, Good with { Text = "  The lake at dawn. " });

        written.Review.ShouldNotBeNull().ShouldSatisfyAllConditions(
            review => review.Rating.ShouldBe(5), review => review.Text.ShouldBe(Good.Text), review => review.Guest.ShouldBe(guest.DisplayName), review => review.EditedAt.ShouldBeNull());
        written.ShouldBe(written with { MayWrite = false, MayEdit = true, MayReply = false, MayEditReply = false });
        written.EditableUntil.ShouldBe(written.Review!.CreatedAt.AddDays(7));
        (await RatingAsync(listing)).ShouldBe((5m, 1));
    }

    [Fact]
    public async Task Thirty_two_guests_who_review_at_once_are_all_counted()
    {
        const int Guests = 32;
        var host = await graph.PersonAsync(Role.Host);
        var listing = await graph.HiddenListingAsync(host);
        var guests = await graph.PersonsAsync([.. Enumerable.Repeat(Role.Guest, Guests)]);
        var stays = new List<(User Guest, Booking Booking)>();
        foreach (var guest in guests)
        {
            stays.Add((guest, await graph.StayAsync(listing, guest)));
        }

        var answers = await Task.WhenAll(stays.Select(async (stay, number) =>
        {
            using var client = graph.As(stay.Guest);
            using var answer = await client.PostAsJsonAsync(Address(stay.Booking), new WriteReviewRequest(1 + (number % 5), "Good."), TravelJson.Options);
            return answer.StatusCode;
        }));

        answers.ShouldAllBe(status => status == HttpStatusCode.Created);
        var mean = decimal.Round(Enumerable.Range(0, Guests).Average(number => (decimal)(1 + (number % 5))), 2, MidpointRounding.AwayFromZero);
        (await RatingAsync(listing)).ShouldBe((mean, Guests));
    }

    [Fact]
    public async Task A_stay_is_reviewed_once_however_often_and_fast_the_button_is_pressed_and_the_same_words_are_the_same_review()
    {
        var (booking, listing, guest, _) = await StayAsync();
        using var client = graph.As(guest);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostAsJsonAsync(Address(booking), Good, TravelJson.Options)));

        var written = await Task.WhenAll(answers.Select(answer => answer.ReadAsync<BookingReviewResponse>(HttpStatusCode.Created)));
        written.Select(answer => answer.Review!.Id).Distinct().Count().ShouldBe(1);
        foreach (var other in new[] { Good with { Rating = 4 }, Good with { Text = "The lake at noon." } })
        {
            using var refused = await client.PostAsJsonAsync(Address(booking), other, TravelJson.Options);
            await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict, "already-reviewed");
        }

        (await RatingAsync(listing)).ShouldBe((5m, 1));
    }

    [Theory]
    [InlineData(BookingStatus.Confirmed)]
    [InlineData(BookingStatus.Cancelled)]
    [InlineData(BookingStatus.Declined)]
    public async Task A_stay_that_did_not_come_to_its_end_is_not_reviewed(BookingStatus status)
    {
        var (booking, _, guest, _) = await StayAsync(status);
        using var client = graph.As(guest);

        using var answer = await client.PostAsJsonAsync(Address(booking), Good, TravelJson.Options);

        await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "stay-not-over");
    }

    [Fact]
    public async Task A_review_can_be_changed_and_its_listing_is_rated_anew()
    {
        var (booking, listing, guest, _) = await StayAsync();
        using var client = graph.As(guest);
        await WriteAsync(client, booking, Good);

        using var answer = await client.PutAsJsonAsync(Address(booking), new WriteReviewRequest(2, "On second thought, the mosquitos."), TravelJson.Options);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var changed = await answer.Content.ReadFromJsonAsync<BookingReviewResponse>(TravelJson.Options);
        (changed!.Review!.Rating, changed.Review.EditedAt is not null).ShouldBe((2, true));
        (await RatingAsync(listing)).ShouldBe((2m, 1));
    }

    [Fact]
    public async Task After_seven_days_a_review_stays_as_it_is()
    {
        var (booking, listing, guest, _) = await StayAsync();
        var clock = new SetClock(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));
        await using var db = await graph.DatabaseAsync();
        var write = new WriteReview(db, Options.Create(new ReviewOptions()), clock);
        var reader = new Reader(guest.Id, IsOperator: false);
        (await write.ExecuteAsync(reader, booking.Id, 4, "Good.", CancellationToken.None)).ShouldBeOfType<ReviewOutcome.Done>();

        clock.Now += TimeSpan.FromDays(7);
        (await write.EditAsync(reader, booking.Id, 3, "Still good.", CancellationToken.None)).ShouldBeOfType<ReviewOutcome.Done>();
        clock.Now += TimeSpan.FromSeconds(1);
        (await write.EditAsync(reader, booking.Id, 1, "Bad.", CancellationToken.None)).ShouldBeOfType<ReviewOutcome.TooLate>();

        (await RatingAsync(listing)).ShouldBe((3m, 1));
    }

    [Fact]
    public async Task The_host_replies_once_and_may_find_better_words()
    {
        var (booking, _, guest, host) = await StayAsync();
        using var guestClient = graph.As(guest);
        using var hostClient = graph.As(host);
        using (var early = await hostClient.PostAsJsonAsync(Address(booking) + "/reply", new ReplyToReviewRequest("Thanks!"), TravelJson.Options))
        {
            await early.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        await WriteAsync(guestClient, booking, Good);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            index => hostClient.PostAsJsonAsync(Address(booking) + "/reply", new ReplyToReviewRequest($"Thanks {index}!"), TravelJson.Options)));
        var first = await answers.Single(answer => answer.StatusCode == HttpStatusCode.Created).ReadAsync<BookingReviewResponse>(HttpStatusCode.Created);
        await answers.First(answer => answer.StatusCode != HttpStatusCode.Created).ShouldBeProblemAsync(HttpStatusCode.Conflict, "already-replied");
        // The same words again are the same reply.
        using (var again = await hostClient.PostAsJsonAsync(Address(booking) + "/reply", new ReplyToReviewRequest(first.Review!.Reply!), TravelJson.Options))
        {
            (await again.ReadAsync<BookingReviewResponse>(HttpStatusCode.Created)).Review.ShouldBe(first.Review);
        }

        using var changed = await hostClient.PutAsJsonAsync(Address(booking) + "/reply", new ReplyToReviewRequest("Thank you, come again!"), TravelJson.Options);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.Content.ReadAsStringAsync());

        var seen = await guestClient.GetFromJsonAsync<BookingReviewResponse>(Address(booking), TravelJson.Options);
        seen!.Review!.Reply.ShouldBe("Thank you, come again!");
    }

    [Theory]
    [InlineData("""{"rating":0,"text":"Good."}""", "rating")]
    [InlineData("""{"rating":6,"text":"Good."}""", "rating")]
    [InlineData("""{"rating":5,"text":"  "}""", "text")]
    [InlineData("""{"rating":5}""", "text")]
    [InlineData("""{"rating":5,"text":"Good.","guest":"me"}""", "guest")]
    public async Task What_is_no_review_is_refused_by_field(string body, string field)
    {
        var (booking, _, guest, _) = await StayAsync();
        using var client = graph.As(guest);

        using var answer = await client.PostAsync(Address(booking), new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));

        await answer.ShouldBeInvalidAsync(field);
    }

    [Fact]
    public void A_review_is_at_most_as_long_as_its_column()
    {
        ReviewWords.ErrorsOf(5, new string('x', Review.LongestText)).ShouldBeEmpty();
        ReviewWords.ErrorsOf(5, new string('x', Review.LongestText + 1)).Keys.ShouldBe(["text"]);
    }

    private static string Address(Booking booking) => $"/api/v1/bookings/{booking.Id}/review";

    private static async Task<BookingReviewResponse> WriteAsync(HttpClient client, Booking booking, WriteReviewRequest review)
    {
        using var answer = await client.PostAsJsonAsync(Address(booking), review, TravelJson.Options);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<BookingReviewResponse>(TravelJson.Options))!;
    }

    private async Task<(Booking Booking, Listing Listing, User Guest, User Host)> StayAsync(BookingStatus status = BookingStatus.Completed)
    {
        var persons = await graph.PersonsAsync(Role.Guest, Role.Host);
        var listing = await graph.HiddenListingAsync(persons[1]);
        return (await graph.StayAsync(listing, persons[0], status), listing, persons[0], persons[1]);
    }

    private async Task<(decimal? Rating, int Count)> RatingAsync(Listing listing)
    {
        await using var db = await graph.DatabaseAsync();
        var rated = await db.Listings.AsNoTracking().SingleAsync(found => found.Id == listing.Id);
        return (rated.Rating, rated.ReviewCount);
    }
}
