using System.Net;
using System.Net.Http.Json;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

/// <summary>Requests, cancellations, changes and reads, over HTTP.</summary>
[Collection(TravelGraph.Collection)]
public sealed class MoveBookingTests(TravelGraph graph)
{
    private static readonly DateOnly Soon = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(40);

    [Fact]
    public async Task A_request_is_accepted_by_its_host_and_told_to_its_guest()
    {
        var (place, guest, host) = await PeopleAsync(booking: BookingMode.Request);
        var request = await guest.BookedAsync(Stay(place));
        request.Status.ShouldBe(BookingStatus.Requested);
        request.RequestExpiresAt.ShouldNotBeNull();
        await graph.Mailbox.WaitForMailAboutAsync(request.Reference, $"A request for {place.Listing.Title} ({request.Reference})");

        using var notTheirs = await guest.PostAsync($"/api/v1/bookings/{request.Id}/acceptance", content: null);
        await notTheirs.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        var accepted = await MovedAsync(await host.PostAsync($"/api/v1/bookings/{request.Id}/acceptance", content: null));

        accepted.Status.ShouldBe(BookingStatus.Confirmed);
        accepted.SeenAs.ShouldBe(BookingParty.Host);
        await graph.Mailbox.WaitForMailAboutAsync(request.Reference, $"Your stay is booked: {place.Listing.Title} ({request.Reference})");
        (await graph.Mailbox.MailsAboutAsync(request.Reference)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_host_who_accepts_when_the_nights_are_gone_is_told_so_and_so_is_the_guest()
    {
        var (place, guest, host) = await PeopleAsync(booking: BookingMode.Request);
        var first = await guest.BookedAsync(Stay(place));
        var second = await guest.BookedAsync(Stay(place));
        await MovedAsync(await host.PostAsync($"/api/v1/bookings/{first.Id}/acceptance", content: null));

        using var late = await host.PostAsync($"/api/v1/bookings/{second.Id}/acceptance", content: null);

        await late.ShouldBeProblemAsync(HttpStatusCode.Conflict, "dates-unavailable");
        (await GetAsync(guest, second.Id)).Status.ShouldBe(BookingStatus.Declined);
        await graph.Mailbox.WaitForMailAboutAsync(second.Reference, "These nights are gone");
    }

    [Fact]
    public async Task A_declined_request_says_why()
    {
        var (place, guest, host) = await PeopleAsync(booking: BookingMode.Request);
        var request = await guest.BookedAsync(Stay(place));

        await MovedAsync(await PostAsync(host, $"{request.Id}/rejection", new DeclineRequestRequest("The roof is being mended.")));

        (await graph.Mailbox.WaitForMailAboutAsync(request.Reference, "Your host cannot take you")).Text.ShouldContain("The roof is being mended.");
        var timeline = await TimelineAsync(guest, request.Id);
        timeline.Where(entry => entry.Event != "mail-sent").Select(entry => (entry.Event, entry.Actor, entry.Reason)).ShouldBe(
            [("requested", BookingParty.Guest, null), ("declined", BookingParty.Host, "The roof is being mended.")]);
    }

    [Fact]
    public async Task A_cancellation_is_made_at_the_refund_that_was_seen_or_not_at_all()
    {
        var (place, guest, _) = await PeopleAsync();
        var booking = await guest.BookedAsync(Stay(place));
        var preview = (await guest.GetFromJsonAsync<CancellationPreview>($"/api/v1/bookings/{booking.Id}/cancellation", TravelJson.Options))!;
        preview.Refund.ShouldBe(new Money(0, Currencies.EthiopianBirr));
        preview.Terms.ShouldStartWith("Moderate");

        using var another = await PostAsync(guest, $"{booking.Id}/cancellation", new CancelBookingRequest(new Money(1, Currencies.EthiopianBirr)));
        await another.ShouldBeProblemAsync(HttpStatusCode.Conflict, "refund-changed");
        var cancelled = await MovedAsync(await PostAsync(guest, $"{booking.Id}/cancellation", new CancelBookingRequest(preview.Refund, "Ill")));

        cancelled.Status.ShouldBe(BookingStatus.Cancelled);
        await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, "Cancelled");
        await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, "A booking was cancelled");
        var calendar = await guest.GetStringAsync($"/api/v1/bookings/{booking.Id}/calendar.ics");
        calendar.ShouldContain("METHOD:CANCEL");
        calendar.ShouldContain("SEQUENCE:1");
        // The nights are anybody's again.
        await guest.BookedAsync(Stay(place));
    }

    [Fact]
    public async Task A_stay_booked_at_once_is_told_once_to_its_guest_and_once_to_its_host()
    {
        var (place, guest, _) = await PeopleAsync();

        var booking = await guest.BookedAsync(Stay(place) with { Note = "We come by the evening boat." });

        await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, $"Your stay is booked: {place.Listing.Title} ({booking.Reference})");
        var told = await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, $"A new booking: {place.Listing.Title} ({booking.Reference})");
        (await graph.Mailbox.MailsAboutAsync(booking.Reference, place.Guest.Email!)).ShouldHaveSingleItem().Subject.ShouldStartWith("Your stay is booked");
        (await graph.Mailbox.MailsAboutAsync(booking.Reference, place.Host.Email!)).ShouldHaveSingleItem().MessageId.ShouldBe(told.MessageId);
        told.Text.ShouldContain("We come by the evening boat.");
        told.Text.ShouldContain("See the booking");
    }

    [Fact]
    public async Task A_host_hears_of_a_withdrawn_request_in_its_own_words_and_of_a_hold_that_was_let_go_nothing()
    {
        var nothing = new CancelBookingRequest(new Money(0, Currencies.EthiopianBirr));
        var (asked, guest, _) = await PeopleAsync(booking: BookingMode.Request);
        var request = await guest.BookedAsync(Stay(asked));
        await MovedAsync(await PostAsync(guest, $"{request.Id}/cancellation", nothing));
        var (online, another, _) = await PeopleAsync(PaymentMode.Online);
        var hold = await another.BookedAsync(Stay(online));
        await MovedAsync(await PostAsync(another, $"{hold.Id}/cancellation", nothing));

        foreach (var subject in new[] { "A request was withdrawn", "Request withdrawn" })
        {
            var told = await graph.Mailbox.WaitForMailAboutAsync(request.Reference, $"{subject}: {asked.Listing.Title} ({request.Reference})");
            told.Text.ShouldNotContain("its nights are free again");
        }

        await graph.Mailbox.WaitForMailAboutAsync(hold.Reference, "Cancelled");
        // The mails of an event are sent in order and its guest's is first: whatever comes after the next event's comes after the host's.
        var last = await another.BookedAsync(Stay(online));
        await MovedAsync(await PostAsync(another, $"{last.Id}/cancellation", nothing));
        await graph.Mailbox.WaitForMailAboutAsync(last.Reference, "Cancelled");
        (await graph.Mailbox.MailsAboutAsync(hold.Reference, online.Host.Email!)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_needs_a_key_and_its_calendar_comes_after_the_old_one()
    {
        var (place, guest, _) = await PeopleAsync();
        var booking = await guest.BookedAsync(Stay(place));
        var later = new ChangeStayRequest(Soon.AddDays(7), Soon.AddDays(9), 2);
        (await guest.GetStringAsync($"/api/v1/bookings/{booking.Id}/calendar.ics")).ShouldContain("SEQUENCE:0");

        using var withoutKey = await PostAsync(guest, $"{booking.Id}/change", later);
        await withoutKey.ShouldBeInvalidAsync("Idempotency-Key");
        var changed = await MovedAsync(await PostAsync(guest, $"{booking.Id}/change", later, key: "change"));

        changed.CheckIn.ShouldBe(later.CheckIn);
        changed.Guests.ShouldBe(2);
        (await guest.GetStringAsync($"/api/v1/bookings/{booking.Id}/calendar.ics")).ShouldContain("SEQUENCE:1");
        await graph.Mailbox.WaitForMailAboutAsync(booking.Reference, $"Your stay has changed: {place.Listing.Title} ({booking.Reference})");
    }

    [Fact]
    public async Task A_stay_is_booked_and_changed_at_the_price_that_was_seen_or_not_at_all()
    {
        var (place, guest, _) = await PeopleAsync();
        var cheaper = SampleMoney.Price with { MinorUnits = 1 };

        using (var unseen = await guest.BookAsync(Stay(place) with { Total = cheaper }))
        {
            var problem = await unseen.ShouldBeProblemAsync(HttpStatusCode.Conflict, "price-changed");
            problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain((SampleMoney.Price * 2).ToString());
        }

        var booking = await guest.BookedAsync(Stay(place) with { Total = SampleMoney.Price * 2 });
        var longer = new ChangeStayRequest(Soon, Soon.AddDays(3), 1, cheaper);
        using (var unseen = await PostAsync(guest, $"{booking.Id}/change", longer, key: "change"))
        {
            await unseen.ShouldBeProblemAsync(HttpStatusCode.Conflict, "price-changed");
        }

        var changed = await MovedAsync(await PostAsync(guest, $"{booking.Id}/change", longer with { Total = SampleMoney.Price * 3 }, key: "change"));
        changed.Quote.Total.ShouldBe(SampleMoney.Price * 3);
    }

    [Fact]
    public async Task A_stay_that_has_not_begun_cannot_be_left_early()
    {
        var (place, guest, _) = await PeopleAsync();
        var booking = await guest.BookedAsync(Stay(place));

        using var answer = await PostAsync(guest, $"{booking.Id}/early-departure", new LeaveEarlyRequest(booking.CheckIn.AddDays(1)));

        await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "not-under-way");
    }

    [Fact]
    public async Task A_stay_paid_online_is_held_and_says_until_when()
    {
        var (place, guest, _) = await PeopleAsync(PaymentMode.Online);

        var booking = await guest.BookedAsync(Stay(place));

        booking.Status.ShouldBe(BookingStatus.Held);
        (booking.HoldExpiresAt - booking.CreatedAt).ShouldBe(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task Nobody_but_its_guest_its_host_and_operators_knows_of_a_booking()
    {
        var (place, guest, host) = await PeopleAsync();
        var booking = await guest.BookedAsync(Stay(place));
        using var stranger = await StrangerAsync(Role.Host);
        using var @operator = await StrangerAsync(Role.Operator);

        (await GetAsync(host, booking.Id)).SeenAs.ShouldBe(BookingParty.Host);
        (await GetAsync(@operator, booking.Id)).SeenAs.ShouldBe(BookingParty.Operator);
        foreach (var path in new[] { "", "/timeline", "/calendar.ics", "/cancellation" })
        {
            using var answer = await stranger.GetAsync($"/api/v1/bookings/{booking.Id}{path}");
            await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        foreach (var (path, body) in new (string, object)[]
        {
            ("acceptance", new { }), ("rejection", new { }), ("cancellation", new { refund = new Money(0, "ETB") }),
            ("change", new ChangeStayRequest(Soon, Soon.AddDays(3), 1)), ("early-departure", new LeaveEarlyRequest(Soon)),
        })
        {
            using var answer = await PostAsync(stranger, $"{booking.Id}/{path}", body, key: "key");
            await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task A_host_cannot_book_their_own_place()
    {
        var (place, _, host) = await PeopleAsync();

        using var answer = await host.BookAsync(Stay(place));

        await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "own-listing");
    }

    [Fact]
    public async Task Page_after_page_shows_the_bookings_of_a_guest_and_of_a_host_newest_first()
    {
        var (place, guest, host) = await PeopleAsync();
        var booked = new List<BookingResponse>();
        for (var index = 0; index < 5; index++)
        {
            booked.Add(await guest.BookedAsync(Stay(place) with { CheckIn = Soon.AddDays(3 * index), CheckOut = Soon.AddDays((3 * index) + 2) }));
        }

        await MovedAsync(await PostAsync(guest, $"{booked[1].Id}/cancellation", new CancelBookingRequest(new Money(0, Currencies.EthiopianBirr))));
        var newestFirst = booked.Select(booking => booking.Reference).Reverse().ToList();

        (await PagesAsync(guest, "limit=2")).ShouldBe(newestFirst);
        (await PagesAsync(host, "as=host&limit=3")).ShouldBe(newestFirst);
        (await PagesAsync(host, "limit=3")).ShouldBeEmpty();
        (await PagesAsync(guest, "status=cancelled")).ShouldBe([booked[1].Reference]);
        (await PagesAsync(guest, "status=cancelled,confirmed&limit=100")).ShouldBe(newestFirst);
    }

    [Theory]
    [InlineData("as=operator", "as")]
    [InlineData("status=paid", "status")]
    [InlineData("status=", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=AAAA", "cursor")]
    [InlineData("state=held", "state")]
    public async Task A_list_that_cannot_be_meant_is_refused_by_name(string query, string field)
    {
        using var guest = await graph.GuestAsync();

        using var answer = await guest.GetAsync("/api/v1/bookings?" + query);

        await answer.ShouldBeInvalidAsync(field);
    }

    private async Task<(Place Place, HttpClient Guest, HttpClient Host)> PeopleAsync(
        PaymentMode payment = PaymentMode.OnArrival, BookingMode booking = BookingMode.Instant)
    {
        await using var db = await graph.DatabaseAsync();
        var place = await db.AddPlaceAsync(payment, booking);
        return (place, await graph.SignedInAsync(place.Guest), await graph.SignedInAsync(place.Host));
    }

    private async Task<HttpClient> StrangerAsync(Role role) => graph.As(await graph.PersonAsync(role));

    private static BookStayRequest Stay(Place place) => new(place.Id, Soon, Soon.AddDays(2), 1);

    private static Task<HttpResponseMessage> PostAsync<TBody>(HttpClient client, string path, TBody body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings/" + path) { Content = JsonContent.Create(body, options: TravelJson.Options) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return client.SendAsync(request);
    }

    private static async Task<BookingResponse> MovedAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<BookingResponse>(TravelJson.Options))!;
    }

    private static async Task<BookingResponse> GetAsync(HttpClient client, Guid id) =>
        (await client.GetFromJsonAsync<BookingResponse>($"/api/v1/bookings/{id}", TravelJson.Options))!;

    private static async Task<IReadOnlyList<BookingEvent>> TimelineAsync(HttpClient client, Guid id) =>
        (await client.GetFromJsonAsync<Page<BookingEvent>>($"/api/v1/bookings/{id}/timeline", TravelJson.Options))!.Items;

    private static async Task<List<string>> PagesAsync(HttpClient client, string query)
    {
        var references = new List<string>();
        string? next = null;
        do
        {
            var page = await client.GetFromJsonAsync<Page<BookingSummary>>($"/api/v1/bookings?{query}{(next is null ? "" : "&cursor=" + next)}", TravelJson.Options);
            references.AddRange(page!.Items.Select(booking => booking.Reference));
            next = page.Next;
        }
        while (next is not null && references.Count < 100);
        return references;
    }
}
