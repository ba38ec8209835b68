using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Travel.Api.Listings.Hosting;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Listings.Photos;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Listings;

[Collection(TravelGraph.Collection)]
public sealed class HostListingTests(TravelGraph graph)
{
    [Fact]
    public async Task A_listing_begins_as_a_draft_that_only_its_host_sees()
    {
        using var host = await graph.HostAsync();
        using var other = await graph.HostAsync();

        var draft = await host.DraftAsync();

        draft.Status.ShouldBe(ListingStatus.Draft);
        (await host.GetFromJsonAsync<Page<HostListingSummary>>("/api/v1/host/listings", TravelJson.Options))!.Items.ShouldHaveSingleItem().Id.ShouldBe(draft.Id);
        (await other.GetFromJsonAsync<Page<HostListingSummary>>("/api/v1/host/listings", TravelJson.Options))!.Items.ShouldBeEmpty();
        foreach (var address in new[] { $"/api/v1/listings/{draft.Id}", $"/api/v1/listings/{draft.Slug}", $"/api/v1/host/listings/{draft.Id}", $"/api/v1/listings/{draft.Id}/rates" })
        {
            using var answer = await other.GetAsync(address);
            await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task A_repeated_creation_creates_once()
    {
        using var host = await graph.HostAsync();
        var listing = Hosts.Listing();
        var key = Guid.NewGuid().ToString();

        using var first = await host.CreateAsync(listing, key);
        using var second = await host.CreateAsync(listing, key);
        using var another = await host.CreateAsync(listing with { Title = "Something else" }, key);

        (await second.ReadAsync<HostListing>(HttpStatusCode.Created)).Id.ShouldBe((await first.ReadAsync<HostListing>(HttpStatusCode.Created)).Id);
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
        await another.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await host.GetFromJsonAsync<Page<HostListingSummary>>("/api/v1/host/listings", TravelJson.Options))!.Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_host_pages_through_all_listings_newest_first()
    {
        using var host = await graph.HostAsync();
        var made = new List<Guid>();
        for (var count = 0; count < 5; count++)
        {
            made.Insert(0, (await host.DraftAsync()).Id);
        }

        var seen = new List<Guid>();
        for (string? next = ""; next is not null;)
        {
            var page = await host.GetFromJsonAsync<Page<HostListingSummary>>($"/api/v1/host/listings?limit=2{(next.Length > 0 ? $"&cursor={next}" : "")}", TravelJson.Options);
            seen.AddRange(page!.Items.Select(listing => listing.Id));
            next = page.Next;
        }

        seen.ShouldBe(made);
    }

    [Fact]
    public async Task A_guest_is_no_host_and_nobody_is_nobody()
    {
        using var guest = await graph.HostAsync(Role.Guest);
        using var nobody = graph.Visitor();

        using var refused = await guest.CreateAsync(Hosts.Listing());
        using var unknown = await nobody.CreateAsync(Hosts.Listing());

        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await unknown.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory]
    [InlineData(false, HttpStatusCode.NotFound, "not-found")]
    [InlineData(true, HttpStatusCode.Forbidden, "forbidden")]
    public async Task Nobody_changes_what_belongs_to_another_host(bool published, HttpStatusCode status, string problem)
    {
        using var host = await graph.HostAsync();
        using var other = await graph.HostAsync();
        var listing = published ? await host.PublishedAsync() : await host.DraftAsync();
        var address = $"/api/v1/listings/{listing.Id}";
        var etag = await host.ETagAsync(listing.Id);

        HttpResponseMessage[] answers =
        [
            await other.PutAsync(address, Hosts.Listing(), etag),
            await other.PostAsync(address + "/publication", content: null),
            await other.PostAsync(address + "/archive", content: null),
            await other.GetAsync(address + "/rates"),
            await other.PutAsync(address + "/rates", new Rates(new Money(1, Currencies.UsDollar)), etag),
            await other.AddPhotoAsync(listing.Id, Pictures.Png(1, 1)),
            await other.PutAsync(address + "/photos", new PhotoArrangement([]), etag),
            await other.DeleteAsync($"{address}/photos/{Guid.NewGuid()}"),
        ];

        foreach (var answer in answers)
        {
            await answer.ShouldBeProblemAsync(status, problem);
            answer.Dispose();
        }

        (await host.ETagAsync(listing.Id)).ShouldBe(etag);
    }

    [Fact]
    public async Task Of_two_changes_that_have_seen_the_same_version_one_is_made_and_the_other_told()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        var etag = await host.ETagAsync(draft.Id);

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(number =>
            host.PutAsync($"/api/v1/listings/{draft.Id}", draft.Listing with { Bedrooms = number }, etag)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        foreach (var loser in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await loser.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "changed-meanwhile");
        }

        var winner = answers.Single(answer => answer.StatusCode == HttpStatusCode.OK);
        (await host.ETagAsync(draft.Id)).ShouldBe(winner.Headers.ETag!.ToString());
        winner.Headers.ETag.ToString().ShouldNotBe(etag);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/rates")]
    [InlineData("/photos")]
    public async Task A_change_that_does_not_say_what_it_has_seen_is_refused(string part)
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        object body = part switch { "" => draft.Listing, "/rates" => new Rates(draft.Listing.PricePerNight), _ => new PhotoArrangement([]) };
        var address = $"/api/v1/listings/{draft.Id}{part}";

        using var missing = await host.PutAsync(address, body, ifMatch: null);
        using var stale = await host.PutAsync(address, body, "\"something-older\"");
        using var weak = await host.PutAsync(address, body, "W/" + await host.ETagAsync(draft.Id));
        using var seen = await host.PutAsync(address, body, await host.ETagAsync(draft.Id));

        await missing.ShouldBeProblemAsync(HttpStatusCode.PreconditionRequired, "precondition-required");
        await stale.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "changed-meanwhile");
        await weak.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "changed-meanwhile");
        seen.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Publication_says_what_is_missing_and_then_shows_the_listing_to_everybody()
    {
        using var host = await graph.HostAsync();
        using var visitor = graph.Visitor();
        var draft = await host.DraftAsync(Hosts.Listing(description: "A flat."));

        using (var incomplete = await host.PostAsync($"/api/v1/listings/{draft.Id}/publication", content: null))
        {
            var problem = await incomplete.ShouldBeProblemAsync(HttpStatusCode.Conflict, "listing-incomplete");
            problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["description", "photos"], ignoreOrder: true);
        }

        draft.Missing.Keys.ShouldBe(["description", "photos"], ignoreOrder: true);
        (await (await host.AddPhotoAsync(draft.Id, Pictures.Png(2, 2))).ReadAsync<ListingPhoto>(HttpStatusCode.Created)).Width.ShouldBe(2);
        (await host.PutAsync($"/api/v1/listings/{draft.Id}", draft.Listing with { Description = Hosts.Description }, "*")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var published = await host.PostAsync($"/api/v1/listings/{draft.Id}/publication", content: null);
        using var again = await host.PostAsync($"/api/v1/listings/{draft.Id}/publication", content: null);

        (await published.ReadAsync<HostListing>(HttpStatusCode.OK)).Status.ShouldBe(ListingStatus.Published);
        again.Headers.ETag.ShouldBe(published.Headers.ETag);
        var shown = await visitor.GetFromJsonAsync<ListingDetails>($"/api/v1/listings/{draft.Id}", TravelJson.Options);
        shown!.Description.ShouldBe(Hosts.Description);
        shown.PhotoUrl.ShouldBe(shown.Photos.ShouldHaveSingleItem().Url);
    }

    [Fact]
    public async Task What_guests_see_stays_fit_to_be_seen()
    {
        using var host = await graph.HostAsync();
        var listing = await host.PublishedAsync();

        using var undescribed = await host.PutAsync($"/api/v1/listings/{listing.Id}", listing.Listing with { Description = "" }, "*");
        using var unseen = await host.DeleteAsync($"/api/v1/listings/{listing.Id}/photos/{listing.Photos[0].Id}");

        await undescribed.ShouldBeInvalidAsync("description");
        await unseen.ShouldBeInvalidAsync("photos");
    }

    [Fact]
    public async Task An_archived_listing_keeps_its_bookings_and_takes_no_new_ones_until_it_is_published_again()
    {
        using var host = await graph.HostAsync();
        using var guest = await graph.GuestAsync();
        var listing = await host.PublishedAsync();
        var checkIn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(30);
        var booking = await guest.BookedAsync(new BookStayRequest(listing.Id, checkIn, checkIn.AddDays(2), 1));
        var later = new BookStayRequest(listing.Id, checkIn.AddDays(2), checkIn.AddDays(4), 1);

        using var archived = await host.PostAsync($"/api/v1/listings/{listing.Id}/archive", content: null);
        using var refused = await guest.BookAsync(later);

        (await archived.ReadAsync<HostListing>(HttpStatusCode.OK)).Status.ShouldBe(ListingStatus.Archived);
        await refused.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await guest.GetFromJsonAsync<BookingResponse>($"/api/v1/bookings/{booking.Id}", TravelJson.Options))!.Status.ShouldBe(BookingStatus.Confirmed);
        using var published = await host.PostAsync($"/api/v1/listings/{listing.Id}/publication", content: null);
        (await published.ReadAsync<HostListing>(HttpStatusCode.OK)).Slug.ShouldBe(listing.Slug);
        await guest.BookedAsync(later);
    }

    [Fact]
    public async Task The_address_follows_the_title_until_it_is_public_and_is_nobody_elses()
    {
        using var host = await graph.HostAsync();
        var title = $"Fisherman’s house {Guid.NewGuid().ToString()[..8]}";

        var drafts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.DraftAsync(Hosts.Listing(title))));
        var slug = "fishermans-house-" + title[^8..];
        drafts.Select(draft => draft.Slug).ShouldBeUnique();
        drafts.Count(draft => draft.Slug == slug).ShouldBe(1);
        drafts.ShouldAllBe(draft => draft.Slug == slug || Regex.IsMatch(draft.Slug, $"^{slug}-[a-z2-9]{{6}}$", RegexOptions.None, TimeSpan.FromSeconds(1)));

        var renamed = await (await host.PutAsync($"/api/v1/listings/{drafts[0].Id}", drafts[0].Listing with { Title = title + " by the sea" }, "*")).ReadAsync<HostListing>(HttpStatusCode.OK);
        renamed.Slug.ShouldBe(slug + "-by-the-sea");
        var published = await host.PublishedAsync(Hosts.Listing(title + " on the hill"));
        var kept = await (await host.PutAsync($"/api/v1/listings/{published.Id}", published.Listing with { Title = "Another name" }, "*")).ReadAsync<HostListing>(HttpStatusCode.OK);
        kept.Slug.ShouldBe(slug + "-on-the-hill");
        kept.Listing.Title.ShouldBe("Another name");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_by_field_and_changes_nothing()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        var wrong = new
        {
            title = "Two\nlines", description = "", type = "house", city = "", region = "\u0007", country = "X", latitude = 91, longitude = -181, timeZone = "Mars/Olympus",
            checkInTime = "10:00", checkOutTime = "11:00", maxGuests = 0, bedrooms = -1, minNights = 3, maxNights = 2,
            pricePerNight = new { amount = "0.00", currency = "ETB" }, cancellationPolicy = "flexible", paymentMode = "online", bookingMode = "instant", amenities = new[] { "wifi", "moat" },
        };

        using var created = await host.CreateAsync(Hosts.Listing() with { Title = "" });
        using var edited = await host.PutAsync($"/api/v1/listings/{draft.Id}", wrong, "*");

        await created.ShouldBeInvalidAsync("title");
        await edited.ShouldBeInvalidAsync(
            "title", "city", "region", "country", "latitude", "longitude", "timeZone", "checkOutTime", "maxGuests", "bedrooms", "maxNights", "pricePerNight", "amenities");
        (await host.GetFromJsonAsync<JsonElement>($"/api/v1/host/listings/{draft.Id}")).GetProperty("listing").GetProperty("title").GetString().ShouldBe(draft.Listing.Title);
    }

    [Theory]
    [InlineData("rates", """{"pricePerNight":{"amount":"1.00","currency":"ETB"},"seasons":[null]}""", "seasons")]
    [InlineData("photos", """{"photos":[null]}""", "photos")]
    [InlineData("imports", "[null]", "body")]
    public async Task A_list_in_which_one_is_nothing_is_refused(string part, string body, string field)
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/listings/{draft.Id}/{part}") { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");

        using var answer = await host.SendAsync(request);

        await answer.ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task A_review_that_comes_in_between_does_not_keep_a_host_from_archiving()
    {
        var host = await graph.PersonAsync(Role.Host);
        var listing = await graph.DraftAsync(host.Id);
        await using var other = await graph.DatabaseAsync();
        await using var db = await graph.DatabaseAsync(new InBetween(() => other.Listings
            .Where(found => found.Id == listing.Id).ExecuteUpdateAsync(found => found.SetProperty(row => row.Version, row => row.Version + 1))));
        var publishing = new PublishListing(new ChangeListing(db, TimeProvider.System), Options.Create(new PhotoOptions()), TimeProvider.System);

        var outcome = await publishing.ArchiveAsync(host.Id, listing.Id, CancellationToken.None);

        var archived = outcome.ShouldBeOfType<ListingOutcome.Changed>().Listing;
        (archived.Status, archived.Version).ShouldBe((ListingStatus.Archived, 3));
    }

    [Fact]
    public async Task A_review_that_comes_while_a_host_writes_is_a_change_to_look_at_first()
    {
        using var host = await graph.HostAsync();
        var listing = await host.PublishedAsync();
        var etag = await host.ETagAsync(listing.Id);
        await using var db = await graph.DatabaseAsync();
        await db.Listings.Where(found => found.Id == listing.Id).ExecuteUpdateAsync(found => found.SetProperty(row => row.Version, row => row.Version + 1));

        using var answer = await host.PutAsync($"/api/v1/listings/{listing.Id}", listing.Listing, etag);

        await answer.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "changed-meanwhile");
    }

    /// <summary>Does something of somebody else's just before the first change is saved.</summary>
    private sealed class InBetween(Func<Task> work) : SaveChangesInterceptor
    {
        private bool done;

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (!done)
            {
                done = true;
                await work();
            }

            return result;
        }
    }
}
