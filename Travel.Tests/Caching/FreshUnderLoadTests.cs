using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Numerics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;
using Xunit.Abstractions;

namespace Travel.Tests.Caching;

/// <summary>
/// A host changes prices at one replica and nights at the other, strangers read at both, and everything they see is held against what was committed
/// when they asked.
/// </summary>
/// <remarks>
/// The bounds are of what is kept, not of a process that does not get to run: replicas, readers and writers share one process and two cores, and news
/// that wait for a thread would look like stale answers. So there are few of them, and they pause: there is always a thread to hear with.
/// </remarks>
[Collection(CacheServers.Collection)]
public sealed class FreshUnderLoadTests(CacheServers servers, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Readers = 4;

    /// <summary>Places with one night that is taken and free by turns: which of them a list shows says after which write that was, by Gray's code.</summary>
    private const int Bits = 10;

    private static readonly TimeSpan InHealth = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(5);
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date);
    private static readonly NightRange Asked = new(Today.AddDays(100), Today.AddDays(102));
    private static readonly DateOnly FirstOfMany = Today.AddDays(200);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CommittedHistory prices = new(Text(SampleMoney.Price));
    private readonly CommittedHistory nights = new("");
    private readonly CommittedHistory free = new("0");
    private readonly ConcurrentQueue<Sighting> sightings = [];
    private readonly List<(TimeSpan Since, TimeSpan Bound)> bounds = [(TimeSpan.Zero, InHealth)];
    private readonly List<Listing> bits = [];
    private int kept;
    private TravelDbContext db = null!;
    private Place place = null!;
    private WiredReplicas replicas = null!;

    private int Writes => prices.Writes + nights.Writes + free.Writes;

    public async Task InitializeAsync()
    {
        var prefix = Guid.NewGuid().ToString("N");
        db = await SeededDatabase.EmptyAsync(servers, $"fresh_{prefix}");
        place = await db.AddPlaceAsync();
        bits.AddRange(Enumerable.Range(0, Bits).Select(bit => SampleListing.With(hostId: place.Host.Id, slug: $"bit-{bit}")));
        db.Listings.AddRange(bits);
        db.Sessions.Add(new Session { Id = place.Host.Id, UserId = place.Host.Id, CreatedAt = place.Host.CreatedAt, LastUsedAt = place.Host.CreatedAt });
        await db.SaveChangesAsync();
        replicas = await WiredReplicas.StartAsync(servers, db, prefix);
    }

    public async Task DisposeAsync()
    {
        await replicas.DisposeAsync();
        await db.Database.EnsureDeletedAsync();
        await db.DisposeAsync();
    }

    [Fact]
    public Task In_health_nothing_is_older_than_a_second() => LoadAsync(() => Task.Delay(Lasts));

    [Fact]
    public Task Without_Redis_nothing_is_older_than_five_seconds() => LoadAsync(() => CutAsync(replicas.Redis));

    [Fact]
    public Task Without_RabbitMQ_nothing_is_older_than_five_seconds() => LoadAsync(() => CutAsync(replicas.RabbitMQ));

    [Fact]
    public async Task Without_both_nothing_is_older_than_five_seconds()
    {
        await LoadAsync(() => CutAsync(replicas.Redis, replicas.RabbitMQ));

        // Else nothing was kept that nobody could hear of, and the bound has not been tried.
        Judged().Exists(each => each.Staleness > InHealth).ShouldBeTrue();
    }

    [Fact]
    public Task Once_Redis_is_back_nothing_is_older_than_a_second_again() => LoadAsync(async () =>
    {
        await CutAsync(replicas.Redis);
        replicas.Redis.Mend();
        await replicas.HearAsync();
        bounds.Add((clock.Elapsed, InHealth));
        await Task.Delay(Lasts);
    });

    private async Task CutAsync(params Wire[] cut)
    {
        await Task.Delay(InHealth);
        bounds.Add((clock.Elapsed, Cut));
        foreach (var wire in cut)
        {
            wire.Cut();
        }

        await replicas.HearAsync(hear: false);
        await Task.Delay(Lasts);
        replicas.AreDeaf().ShouldBeTrue();
    }

    /// <summary>Everything seen while something happens is what it may be.</summary>
    private async Task LoadAsync(Func<Task> happens)
    {
        using var over = new CancellationTokenSource();
        var working = Enumerable.Range(0, Readers).Select(reader => ReadAsync(reader, over.Token)).Append(ChangePricesAsync(over.Token)).Append(ChangeNightsAsync(over.Token)).ToList();
        try
        {
            await happens();
            // A busy machine gets less done in the same time.
            await Eventually.GetAsync(() => Task.FromResult((Seen: sightings.Count, Kept: kept, Writes)), so => so is { Seen: > 200, Kept: > 100, Writes: > 50 }, CachingProcess.Patience, "Enough of all");
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(working);
        }

        var judged = Judged();
        var worst = judged.GroupBy(each => each.Bound).Select(same => same.MaxBy(each => each.Staleness))
            .Select(each => $"where {each.Bound.TotalSeconds} s are allowed {each.Staleness?.TotalSeconds:F3} s at {each.Sighting.Path}");
        var summary = $"{judged.Count} seen, {kept} answers from what is kept, {Writes} writes; the oldest: {string.Join(", ", worst)}";
        output.WriteLine(summary);
        judged.Where(each => each.Staleness is null).Select(each => each.Sighting).Take(3).ShouldBeEmpty($"Nobody had written that. {summary}");
        judged.Where(each => each.Staleness > each.Bound).Take(3).ShouldBeEmpty(summary);
    }

    private List<(Sighting Sighting, TimeSpan? Staleness, TimeSpan Bound)> Judged() =>
    [
        .. sightings.Select(seen => (seen, seen.Of.StalenessOf(seen.Value, seen.Begun, seen.Read), bounds.Last(bound => bound.Since <= seen.Begun).Bound)),
    ];

    private async Task ReadAsync(int reader, CancellationToken over)
    {
        Look[] looks =
        [
            Look.At<ListingDetails>($"listings/{place.Id}", page => [(prices, Text(page.PricePerNight))]),
            Look.At<ListingDetails>($"listings/{place.Listing.Slug}", page => [(prices, Text(page.PricePerNight))]),
            Look.At<Page<ListingSummary>>("listings?place=Bahir%20Dar", list => [(prices, Text(InList(list).PricePerNight))]),
            Look.At<Page<ListingSummary>>($"listings?{Dates}", list => [(prices, Half(InList(list).TotalPrice!.Value)), (free, TakenIn(list))]),
            Look.At<Quote>($"listings/{place.Id}/quote?{Dates}&guests=1", quote => [(prices, Half(quote.Total))]),
            Look.At<AvailabilityResponse>($"listings/{place.Id}/availability?to={Today.AddYears(2):yyyy-MM-dd}", answer => [(nights, Text(answer.Unavailable.Select(range => range.From)))]),
        ];
        using var stranger = replicas[reader % replicas.Count].CreateClient();
        for (var each = reader; !over.IsCancellationRequested; each++)
        {
            var look = looks[each % looks.Length];
            var begun = clock.Elapsed;
            using var answer = await stranger.GetAsync("/api/v1/" + look.Path, CancellationToken.None);
            var body = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            var read = clock.Elapsed;
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
            Interlocked.Add(ref kept, answer.Headers.Age is null ? 0 : 1);
            foreach (var (of, value) in look.Read(body))
            {
                sightings.Enqueue(new Sighting(look.Path, of, value, begun, read));
            }

            await Task.Delay(BetweenReads, CancellationToken.None);
        }
    }

    private async Task ChangePricesAsync(CancellationToken over)
    {
        using var host = replicas[0].SignedIn(place.Host.Id, Role.Host);
        for (var price = SampleMoney.Price; !over.IsCancellationRequested;)
        {
            price += new Money(1, price.Currency);
            await WriteAsync(prices, Text(price), () => host.SetRatesAsync(place.Id, new Rates(price)));
        }
    }

    private async Task ChangeNightsAsync(CancellationToken over)
    {
        using var host = replicas[1].SignedIn(place.Host.Id, Role.Host);
        var (blocked, ofBits) = (new Queue<BlockResponse>(), new Dictionary<int, BlockResponse>());
        for (var write = 1; !over.IsCancellationRequested; write++)
        {
            var bit = BitOperations.TrailingZeroCount(write);
            await WriteAsync(free, $"{write ^ (write >> 1)}", async () =>
            {
                if (ofBits.Remove(bit, out var block))
                {
                    await OpenAsync(host, bits[bit].Id, block);
                }
                else
                {
                    ofBits[bit] = await BlockAsync(host, bits[bit].Id, Asked.From);
                }
            });

            // Each night for once, and the next before the last is free again: no two states are alike, and no two nights are neighbours.
            if (write % 2 == 0)
            {
                var night = FirstOfMany.AddDays(write);
                await WriteAsync(nights, Text([.. blocked.Select(block => block.From), night]), async () => blocked.Enqueue(await BlockAsync(host, place.Id, night)));
            }
            else if (blocked.Count > 1)
            {
                await WriteAsync(nights, Text(blocked.Skip(1).Select(block => block.From)), () => OpenAsync(host, place.Id, blocked.Dequeue()));
            }
        }
    }

    private async Task WriteAsync(CommittedHistory history, string value, Func<Task> writeAsync)
    {
        history.Begin(value, clock.Elapsed);
        await writeAsync();
        history.Commit(clock.Elapsed);
        await Task.Delay(BetweenWrites);
    }

    private static async Task<BlockResponse> BlockAsync(HttpClient host, Guid listingId, DateOnly night)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/listings/{listingId}/blocks")
        {
            Content = JsonContent.Create(new BlockNightsRequest(night, night.AddDays(1)), options: TravelJson.Options),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await host.SendAsync(request);
        return await answer.ReadAsync<BlockResponse>(HttpStatusCode.Created);
    }

    private static async Task OpenAsync(HttpClient host, Guid listingId, BlockResponse block)
    {
        using var answer = await host.DeleteAsync($"/api/v1/listings/{listingId}/blocks/{block.Id}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    private static string Dates => $"checkIn={Asked.From:yyyy-MM-dd}&checkOut={Asked.To:yyyy-MM-dd}";

    private ListingSummary InList(Page<ListingSummary> list) => list.Items.Single(item => item.Id == place.Id);

    private string TakenIn(Page<ListingSummary> list) =>
        $"{Enumerable.Range(0, Bits).Where(bit => list.Items.All(item => item.Id != bits[bit].Id)).Sum(bit => 1 << bit)}";

    private static string Half(Money twoNights) => Text(twoNights with { MinorUnits = twoNights.MinorUnits / 2 });

    private static string Text(Money price) => $"{price.MinorUnits}";

    private static string Text(IEnumerable<DateOnly> from) => string.Join(' ', from.Select(night => $"{night:yyyy-MM-dd}"));

    private sealed record Sighting(string Path, CommittedHistory Of, string Value, TimeSpan Begun, TimeSpan Read);

    private sealed record Look(string Path, Func<string, IReadOnlyList<(CommittedHistory Of, string Value)>> Read)
    {
        public static Look At<T>(string path, Func<T, IReadOnlyList<(CommittedHistory Of, string Value)>> read) =>
            new(path, body => read(JsonSerializer.Deserialize<T>(body, TravelJson.Options)!));
    }
}
