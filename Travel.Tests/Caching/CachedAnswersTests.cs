using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Contracts.Search;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Caching;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Caching;

/// <summary>Two replicas of the Api on one database, one Redis and one RabbitMQ; a third one cannot reach Redis.</summary>
[Collection(CacheServers.Collection)]
public sealed class CachedAnswersTests(CacheServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan InHealth = TimeSpan.FromSeconds(1);
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date);
    private readonly string prefix = Guid.NewGuid().ToString("N");
    private readonly Queries queries = new();
    private readonly List<ApiInProcess> replicas = [];
    private TravelDbContext db = null!;
    private Place place = null!;

    public async Task InitializeAsync()
    {
        db = await SeededDatabase.EmptyAsync(servers, $"cached_{prefix}");
        place = await db.AddPlaceAsync();
        db.Sessions.AddRange(new[] { place.Host, place.Guest }.Select(person =>
            new Session { Id = person.Id, UserId = person.Id, CreatedAt = person.CreatedAt, LastUsedAt = person.CreatedAt }));
        await db.SaveChangesAsync();
        await ReplicaAsync(await servers.RedisAddressAsync());
        await ReplicaAsync(await servers.RedisAddressAsync());
        foreach (var replica in replicas)
        {
            await replica.HearsAsync();
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        await db.Database.EnsureDeletedAsync();
        await db.DisposeAsync();
    }

    [Theory]
    [InlineData("listings/{id}")]
    [InlineData("listings/{slug}")]
    [InlineData("listings/{id}/reviews")]
    [InlineData("listings/{id}/availability")]
    [InlineData("listings?guests=2")]
    [InlineData("places?q=bahir")]
    public async Task What_was_answered_once_is_answered_again_with_the_same_bytes_and_no_query(string path)
    {
        using var stranger = Stranger(0);
        using var other = Stranger(1);
        using var first = await stranger.GetAsync(Path(path));
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Content.Headers.Contains("Content-Length").ShouldBeTrue("Without its length it goes out in chunks, each time.");
        var before = queries.Count;

        foreach (var client in new[] { stranger, other })
        {
            using var again = await client.GetAsync(Path(path));
            (await again.Content.ReadAsByteArrayAsync()).ShouldBe(await first.Content.ReadAsByteArrayAsync());
            again.Headers.ETag.ShouldNotBeNull().ShouldBe(first.Headers.ETag);
            again.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        }

        queries.Count.ShouldBe(before);
        using var known = new HttpRequestMessage(HttpMethod.Get, Path(path)) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var unchanged = await other.SendAsync(known);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await unchanged.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_price_is_seen_at_the_other_replica_within_a_second()
    {
        using var host = replicas[0].SignedIn(place.Host.Id, Role.Host);
        using var stranger = Stranger(1);
        await QuoteAsync();
        await PageAsync();
        await ListAsync();

        var price = SampleMoney.Price * 3;
        using var request = new HttpRequestMessage(HttpMethod.Put, Path("listings/{id}/rates")) { Content = JsonContent.Create(new Rates(price), options: TravelJson.Options) };
        request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
        using var answer = await host.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());

        await Eventually.GetAsync(PageAsync, seen => seen.PricePerNight == price, InHealth, "The page");
        await Eventually.GetAsync(ListAsync, seen => seen.Single().PricePerNight == price, InHealth, "The list");
        await Eventually.GetAsync(QuoteAsync, seen => seen.Total == price * 2, InHealth, "The quote");

        async Task<ListingDetails> PageAsync() => (await stranger.GetFromJsonAsync<ListingDetails>(Path("listings/{slug}"), TravelJson.Options))!;
        async Task<IReadOnlyList<ListingSummary>> ListAsync() => (await stranger.GetFromJsonAsync<Page<ListingSummary>>("/api/v1/listings", TravelJson.Options))!.Items;
        async Task<Quote> QuoteAsync() =>
            (await stranger.GetFromJsonAsync<Quote>($"{Path("listings/{id}/quote")}?checkIn={Day(5)}&checkOut={Day(7)}&guests=1", TravelJson.Options))!;
    }

    [Fact]
    public async Task A_booking_takes_its_nights_off_the_other_replica_within_a_second()
    {
        using var guest = replicas[0].SignedIn(place.Guest.Id, Role.Guest);
        using var stranger = Stranger(1);
        var dated = $"/api/v1/listings?checkIn={Day(10)}&checkOut={Day(12)}";
        (await TakenAsync()).ShouldBeEmpty();
        (await FoundAsync()).ShouldBe(1);

        await guest.BookedAsync(new BookStayRequest(place.Id, Today.AddDays(10), Today.AddDays(12), Guests: 1));

        await Eventually.GetAsync(TakenAsync, taken => taken is [var nights] && nights.From == Today.AddDays(10), InHealth, "The nights");
        await Eventually.GetAsync(FoundAsync, found => found == 0, InHealth, "The list");

        async Task<IReadOnlyList<NightRange>> TakenAsync() =>
            (await stranger.GetFromJsonAsync<AvailabilityResponse>(Path("listings/{id}/availability"), TravelJson.Options))!.Unavailable;
        async Task<int> FoundAsync() => (await stranger.GetFromJsonAsync<Page<ListingSummary>>(dated, TravelJson.Options))!.Items.Count;
    }

    [Fact]
    public async Task A_place_that_nobody_had_is_offered_at_the_other_replica_within_a_second()
    {
        using var host = replicas[0].SignedIn(place.Host.Id, Role.Host);
        using var stranger = Stranger(1);
        (await OfferedAsync()).ShouldBe(0);

        using var changed = await host.PutAsync(Path("listings/{id}"), Hosts.Listing("A flat at the harbour"), ifMatch: "*");
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.Content.ReadAsStringAsync());

        await Eventually.GetAsync(OfferedAsync, offered => offered == 1, InHealth, "The place");

        async Task<int> OfferedAsync() => (await stranger.GetFromJsonAsync<Page<PlaceFound>>("/api/v1/places?q=massawa", TravelJson.Options))!.Items.Count;
    }

    [Theory]
    [InlineData("listings?place=Massawa")]
    [InlineData("listings?q=harbuor")]
    public async Task A_place_or_a_mistyped_word_that_nobody_had_is_found_at_both_replicas_within_a_second(string path)
    {
        using var host = replicas[0].SignedIn(place.Host.Id, Role.Host);
        (await FoundAsync()).ShouldBe([0, 0]);

        using var changed = await host.PutAsync(Path("listings/{id}"), Hosts.Listing("A flat at the harbour"), ifMatch: "*");
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.Content.ReadAsStringAsync());

        await Eventually.GetAsync(FoundAsync, found => found is [1, 1], InHealth, "The stay");

        // With another filter each time, so that the answer is not one that was kept: what it is made of may be.
        async Task<int[]> FoundAsync() => await Task.WhenAll(Enumerable.Range(0, replicas.Count).Select(async replica =>
        {
            using var stranger = Stranger(replica);
            return (await stranger.GetFromJsonAsync<Page<ListingSummary>>($"{Path(path)}&maxPrice={Random.Shared.Next(10_000_000, 100_000_000)}", TravelJson.Options))!.Items.Count;
        }));
    }

    [Fact]
    public async Task What_a_replica_that_cannot_reach_Redis_has_changed_is_heard_over_RabbitMQ()
    {
        var cutOff = await ReplicaAsync("127.0.0.1:1,abortConnect=false,connectTimeout=200,connectRetry=0", relays: true);
        using var guest = cutOff.SignedIn(place.Guest.Id, Role.Guest);
        using var stranger = Stranger(1);
        (await TakenAsync()).ShouldBe(0);

        await guest.BookedAsync(new BookStayRequest(place.Id, Today.AddDays(10), Today.AddDays(12), Guests: 1));

        await Eventually.GetAsync(TakenAsync, taken => taken == 1, TimeSpan.FromSeconds(5), "The nights");

        async Task<int> TakenAsync() =>
            (await stranger.GetFromJsonAsync<AvailabilityResponse>(Path("listings/{id}/availability"), TravelJson.Options))!.Unavailable.Count;
    }

    [Fact]
    public async Task Nothing_that_was_asked_for_with_a_token_is_kept_or_answered_from_what_is()
    {
        using var guest = replicas[0].SignedIn(place.Guest.Id, Role.Guest);
        using var nobody = Stranger(0);
        nobody.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");
        foreach (var path in new[] { "listings/{id}", "listings/{id}/reviews", "listings/{id}/availability", "listings", "places?q=bahir" })
        {
            using var answer = await guest.GetAsync(Path(path));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Age.ShouldBeNull();
            using var another = await nobody.GetAsync(Path(path));
            another.Headers.Age.ShouldBeNull();
        }

        (await KeptAsync("*-pages")).ShouldBe(0);

        using var stranger = Stranger(0);
        using var first = await stranger.GetAsync(Path("listings/{id}"));
        using var second = await stranger.GetAsync(Path("listings/{id}"));
        second.Headers.Age.ShouldNotBeNull();
        using var signedIn = await guest.GetAsync(Path("listings/{id}"));
        signedIn.Headers.Age.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_there_or_not_allowed_is_not_kept()
    {
        using var stranger = Stranger(0);
        (await StatusAsync($"/api/v1/listings/{Guid.NewGuid()}")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync("/api/v1/listings/no-such-place")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync("/api/v1/listings?limit=1")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("/api/v1/listings?limit=1&nonsense=1")).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync("/api/v1/listings?limit=0")).ShouldBe(HttpStatusCode.BadRequest);

        (await KeptAsync("*-pages")).ShouldBe(1);

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await stranger.GetAsync(path);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task What_is_taken_back_from_guests_is_gone_at_the_other_replica_within_a_second()
    {
        using var host = replicas[0].SignedIn(place.Host.Id, Role.Host);
        using var stranger = Stranger(1);
        string[] paths = ["listings/{id}", "listings/{slug}", "listings/{id}/reviews", "listings/{id}/availability"];
        (await AnswersAsync()).ShouldBe([HttpStatusCode.OK]);

        using var archived = await host.PostAsync(Path("listings/{id}/archive"), content: null);
        archived.StatusCode.ShouldBe(HttpStatusCode.OK);

        await Eventually.GetAsync(AnswersAsync, answers => answers is [HttpStatusCode.NotFound], InHealth, "Nobody sees it");

        async Task<List<HttpStatusCode>> AnswersAsync() =>
            (await Task.WhenAll(paths.Select(async path => (await stranger.GetAsync(Path(path))).StatusCode))).Distinct().ToList();
    }

    [Fact]
    public async Task An_operator_has_a_tag_computed_anew_and_that_is_in_the_audit()
    {
        var person = Persons.New(Role.Operator);
        db.Users.Add(person);
        db.Sessions.Add(new Session { Id = person.Id, UserId = person.Id, CreatedAt = person.CreatedAt, LastUsedAt = person.CreatedAt });
        await db.SaveChangesAsync();
        using var caller = replicas[0].SignedIn(person.Id, Role.Operator);
        using var stranger = Stranger(1);
        await TitleAsync();
        await db.Listings.ExecuteUpdateAsync(listing => listing.SetProperty(row => row.Title, "Changed by hand"));
        (await TitleAsync()).ShouldBe(place.Listing.Title);

        using var refused = await caller.DeleteAsync("/api/v1/operations/cache/tags/nonsense");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var flushed = await caller.DeleteAsync($"/api/v1/operations/cache/tags/{CacheTags.Listing(place.Id)}");
        flushed.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await Eventually.GetAsync(TitleAsync, title => title == "Changed by hand", InHealth, "The title");
        (await db.Audit.Select(entry => new { entry.Action, entry.Subject }).SingleAsync()).ShouldBe(new { Action = "cache-flushed", Subject = CacheTags.Listing(place.Id) });
        var seen = await Eventually.GetAsync(
            async () => (await caller.GetFromJsonAsync<CacheHistoryResponse>("/api/v1/operations/cache/history?hours=1", TravelJson.Options))!,
            history => history.Points.Sum(point => point.MemoryHits) > 0 && history.Points.Sum(point => point.Computations) > 0,
            CachingProcess.Patience,
            "The counts");
        seen.Points.Count.ShouldBe(60);
        using var observer = replicas[1].SignedIn(person.Id, Role.Operator);
        var now = (await observer.GetFromJsonAsync<CacheResponse>("/api/v1/operations/cache", TravelJson.Options))!;
        (now.IsRedisThere, now.Replica.HearsAll, now.Items.Count).ShouldBe((true, true, CacheRegions.All.Count));
        now.Replica.SizeBytes.ShouldBeGreaterThan(0);

        async Task<string> TitleAsync() => (await stranger.GetFromJsonAsync<ListingDetails>(Path("listings/{id}"), TravelJson.Options))!.Title;
    }

    private HttpClient Stranger(int replica) => replicas[replica].CreateClient();

    private string Path(string path) => "/api/v1/" + path.Replace("{id}", $"{place.Id}", StringComparison.Ordinal).Replace("{slug}", place.Listing.Slug, StringComparison.Ordinal);

    private static string Day(int fromToday) => $"{Today.AddDays(fromToday):yyyy-MM-dd}";

    private async Task<ApiInProcess> ReplicaAsync(string redis, bool relays = false)
    {
        var settings = ApiInProcess.Settings(db.Database.GetConnectionString()!, redis, await servers.BrokerAddressAsync(), prefix: prefix);
        // A busy machine is no slow Redis.
        settings["Caching:RedisTimeout"] = "00:00:02";
        var replica = new ApiInProcess(settings, queries, relays);
        replicas.Add(replica);
        _ = replica.Services;
        return replica;
    }

    /// <summary>How many entries of these regions Redis has.</summary>
    private async Task<int> KeptAsync(string regions)
    {
        using var redis = await servers.RedisAsync();
        var found = await redis.GetDatabase().ExecuteAsync("KEYS", $"{prefix}:cache:entry:{regions}:*");
        return ((RedisResult[])found!).Length;
    }

    private sealed class Queries : DbCommandInterceptor
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref count);
            return ValueTask.FromResult(result);
        }
    }
}
