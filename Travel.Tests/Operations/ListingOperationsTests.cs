using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

[Collection(TravelGraph.Collection)]
public sealed class ListingOperationsTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Address = "/api/v1/operations/listings";
    private const string Reason = "The photos are of another place.";
    private static readonly DateOnly SomeDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(30);

    [Fact]
    public async Task A_suspended_place_says_why_to_its_host_and_is_not_there_for_guests_until_it_is_lifted_and_published()
    {
        var (host, hosting, place) = await PlaceAsync();
        var (_, guest) = await house.SomebodyAsync(Role.Guest);
        var stay = new BookStayRequest(place.Id, SomeDay, SomeDay.AddDays(2), Guests: 1);
        (await guest.BookAsync(stay)).StatusCode.ShouldBe(HttpStatusCode.Created);

        using var suspended = await SuspendAsync(place.Id);
        using var again = await SuspendAsync(place.Id);

        suspended.StatusCode.ShouldBe(HttpStatusCode.NoContent, await suspended.Content.ReadAsStringAsync());
        await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "listing-suspended");
        foreach (var address in new[] { $"{place.Id}", place.Slug, $"{place.Id}/availability", $"{place.Id}/quote?checkIn={SomeDay.AddDays(9):yyyy-MM-dd}&checkOut={SomeDay.AddDays(11):yyyy-MM-dd}&guests=1" })
        {
            using var unseen = await guest.GetAsync($"/api/v1/listings/{address}");
            await unseen.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        using var late = await guest.BookAsync(stay with { CheckIn = SomeDay.AddDays(9), CheckOut = SomeDay.AddDays(11) });
        await late.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await guest.GetFromJsonAsync<Page<BookingSummary>>("/api/v1/bookings", TravelJson.Options))!.Items.ShouldHaveSingleItem().Status.ShouldBe(BookingStatus.Confirmed);

        var own = (await hosting.GetFromJsonAsync<HostListing>($"/api/v1/host/listings/{place.Id}", TravelJson.Options))!;
        (own.Status, own.Suspension!.Reason).ShouldBe((ListingStatus.Archived, Reason));
        (await hosting.GetFromJsonAsync<Page<HostListingSummary>>("/api/v1/host/listings", TravelJson.Options))!.Items.ShouldHaveSingleItem().Suspension.ShouldBe(own.Suspension);
        (await hosting.GetFromJsonAsync<AccountExport>("/api/v1/me/export", TravelJson.Options))!.Listings.ShouldHaveSingleItem().Suspension.ShouldBe(own.Suspension);
        using var refused = await PublishAsync(hosting, place.Id);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.Conflict, "listing-suspended")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(Reason);

        using var lifted = await LiftAsync(place.Id);
        using var liftedAgain = await LiftAsync(place.Id);
        lifted.StatusCode.ShouldBe(HttpStatusCode.NoContent, await lifted.Content.ReadAsStringAsync());
        await liftedAgain.ShouldBeProblemAsync(HttpStatusCode.Conflict, "listing-not-suspended");
        (await hosting.GetFromJsonAsync<HostListing>($"/api/v1/host/listings/{place.Id}", TravelJson.Options))!.Suspension.ShouldBeNull();
        using var published = await PublishAsync(hosting, place.Id);
        // It has no photo: what stands in its way is no operator any more.
        await published.ShouldBeProblemAsync(HttpStatusCode.Conflict, "listing-incomplete");
        (await AuditOfAsync(place.Id)).ShouldBe(["listing-suspended " + Reason, "listing-suspension-lifted "]);
        host.Id.ShouldBe(place.HostId);
    }

    [Fact]
    public async Task An_operator_sees_whose_it_is_who_suspended_it_and_what_is_open_there_in_the_order_of_stays()
    {
        var (host, _, place) = await PlaceAsync();
        var (_, guest) = await house.SomebodyAsync(Role.Guest);
        foreach (var day in new[] { SomeDay.AddDays(5), SomeDay })
        {
            (await guest.BookAsync(new BookStayRequest(place.Id, day, day.AddDays(2), Guests: 1))).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        await house.AskAsync(db => db.Bookings.Where(booking => booking.ListingId == place.Id && booking.CheckInOn == SomeDay.AddDays(5))
            .ExecuteUpdateAsync(booking => booking
                .SetProperty(row => row.Status, BookingStatus.Requested).SetProperty(row => row.RequestExpiresAt, TimeProvider.System.GetUtcNow().AddDays(1))));
        (await house.ReadAsync<OperatorListingDetails>($"{Address}/{place.Id}")).Listing.Suspension.ShouldBeNull();
        using var suspended = await SuspendAsync(place.Id);

        var details = await house.ReadAsync<OperatorListingDetails>($"{Address}/{place.Id}");

        var seen = details.Listing;
        (seen.Title, seen.Slug, seen.City, seen.Country, seen.Status, seen.Host).ShouldBe(
            (place.Title, place.Slug, place.City, place.Country, ListingStatus.Archived, new ListingHost(host.Id, host.DisplayName)));
        (seen.Suspension!.By, seen.Suspension.Reason).ShouldBe((house.Person.DisplayName, Reason));
        details.OpenBookings.Select(booking => (booking.CheckIn, booking.Status)).ShouldBe([(SomeDay, BookingStatus.Confirmed), (SomeDay.AddDays(5), BookingStatus.Requested)]);
        await house.AskAsync(db => db.Bookings.Where(booking => booking.ListingId == place.Id)
            .ExecuteUpdateAsync(booking => booking
                .SetProperty(row => row.Status, BookingStatus.Cancelled).SetProperty(row => row.RequestExpiresAt, (DateTimeOffset?)null)));
        (await house.ReadAsync<OperatorListingDetails>($"{Address}/{place.Id}")).OpenBookings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_is_found_by_part_of_its_title_by_its_address_and_by_its_id()
    {
        var mark = $"{Guid.NewGuid():N}"[..10];
        var (_, _, lake) = await PlaceAsync($"Lake {mark} 100%_Teff");
        var (_, _, harbour) = await PlaceAsync($"{mark} harbour");

        (await FindAsync($"q={mark.ToUpperInvariant()}")).ShouldBe([harbour.Id, lake.Id]);
        (await FindAsync($"q={Uri.EscapeDataString($" {mark} 100%_t ")}")).ShouldBe([lake.Id]);
        (await FindAsync($"q={Uri.EscapeDataString($"{mark}%Teff")}")).ShouldBeEmpty();
        (await FindAsync("q=" + lake.Slug)).ShouldBe([lake.Id]);
        (await FindAsync("q=" + lake.Slug[1..])).ShouldBeEmpty();
        (await FindAsync($"q={lake.Id}")).ShouldBe([lake.Id]);
        (await FindAsync($"q={Guid.NewGuid()}")).ShouldBeEmpty();
        (await FindAsync("q=" + mark[..2])).ShouldContain(harbour.Id);
        (await FindAsync("q=" + mark[..2])).ShouldNotContain(lake.Id);
    }

    [Fact]
    public async Task They_are_told_apart_by_status_and_by_suspension_and_come_page_by_page_newest_first()
    {
        var mark = $"Lake {Guid.NewGuid():N}";
        var (_, _, published) = await PlaceAsync(mark);
        var (_, _, draft) = await PlaceAsync(mark, ListingStatus.Draft);
        var (_, _, archived) = await PlaceAsync(mark, ListingStatus.Archived);
        using var suspended = await SuspendAsync(draft.Id);

        (await FindAsync($"q={mark}&status=published")).ShouldBe([published.Id]);
        (await FindAsync($"q={mark}&status=archived,published")).ShouldBe([archived.Id, draft.Id, published.Id]);
        (await FindAsync($"q={mark}&status=draft")).ShouldBeEmpty();
        (await FindAsync($"q={mark}&suspended=true")).ShouldBe([draft.Id]);
        (await FindAsync($"q={mark}&suspended=false")).ShouldBe([archived.Id, published.Id]);
        var first = await house.ReadAsync<Page<OperatorListing>>($"{Address}?q={mark}&limit=2");
        var second = await house.ReadAsync<Page<OperatorListing>>($"{Address}?q={mark}&limit=2&cursor={Uri.EscapeDataString(first.Next.ShouldNotBeNull())}");
        first.Items.Concat(second.Items).Select(listing => listing.Id).ShouldBe([archived.Id, draft.Id, published.Id]);
        second.Next.ShouldBeNull();
    }

    [Theory]
    [InlineData("q=%20%20", "q")]
    [InlineData("q=abc%00", "q")]
    [InlineData("status=sold", "status")]
    [InlineData("status=1", "status")]
    [InlineData("suspended=perhaps", "suspended")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=nobody", "cursor")]
    [InlineData("title=sara", "title")]
    public async Task What_it_does_not_understand_it_refuses(string query, string field)
    {
        using var answer = await house.Operator.GetAsync($"{Address}?{query}");

        await answer.ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task Nothing_is_suspended_without_a_reason_and_nothing_that_is_not_there()
    {
        var (_, _, place) = await PlaceAsync();

        using var unreasoned = await SuspendAsync(place.Id, " - ");
        using var longwinded = await SuspendAsync(place.Id, new string('x', 501));
        using var nowhere = await SuspendAsync(Guid.NewGuid());
        using var unlifted = await LiftAsync(Guid.NewGuid());
        using var unseen = await house.Operator.GetAsync($"{Address}/{Guid.NewGuid()}");

        await unreasoned.ShouldBeInvalidAsync("reason");
        await longwinded.ShouldBeInvalidAsync("reason");
        foreach (var answer in new[] { nowhere, unlifted, unseen })
        {
            await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        (await house.ReadAsync<OperatorListingDetails>($"{Address}/{place.Id}")).Listing.Status.ShouldBe(ListingStatus.Published);
        (await AuditOfAsync(place.Id)).ShouldBeEmpty();
    }

    private async Task<(User Host, HttpClient Client, Listing Listing)> PlaceAsync(string? title = null, ListingStatus status = ListingStatus.Published)
    {
        var (host, client) = await house.SomebodyAsync(Role.Host);
        var id = Guid.CreateVersion7();
        var listing = SampleListing.With(title ?? $"Place {id:N}", hostId: host.Id, slug: $"slug-{Guid.NewGuid():N}", status: status, id: id);
        await house.AskAsync(db =>
        {
            db.Listings.Add(listing);
            return db.SaveChangesAsync();
        });
        return (host, client, listing);
    }

    private Task<HttpResponseMessage> SuspendAsync(Guid id, string reason = Reason) =>
        house.Operator.PostAsJsonAsync($"{Address}/{id}/suspension", new SuspendListingRequest(reason), TravelJson.Options);

    private Task<HttpResponseMessage> LiftAsync(Guid id) => house.Operator.DeleteAsync($"{Address}/{id}/suspension");

    private static Task<HttpResponseMessage> PublishAsync(HttpClient host, Guid id) => host.PostAsync($"/api/v1/listings/{id}/publication", content: null);

    private async Task<IEnumerable<Guid>> FindAsync(string query) => (await house.ReadAsync<Page<OperatorListing>>($"{Address}?{query}")).Items.Select(listing => listing.Id);

    private async Task<IEnumerable<string>> AuditOfAsync(Guid id) => (await house.ReadAsync<Page<AuditResponse>>("/api/v1/operations/audit?limit=100")).Items
        .Where(entry => entry.Subject == $"{id}" && entry.Actor == house.Person.DisplayName).Reverse().Select(entry => $"{entry.Action} {entry.Reason}");
}
