using System.Net.Http.Json;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Contracts.Availability;
using Travel.Contracts.Bookings;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;

namespace Travel.Tests.Fixtures;

/// <summary>A listing of a test's own, with a host who is signed in: whatever happens to its nights disturbs nobody.</summary>
internal sealed class HostedPlace : IDisposable
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(15);

    private HostedPlace(Guid id, string slug, HttpClient host, SignInRequest account) => (Id, Slug, Host, Account) = (id, slug, host, account);

    public Guid Id { get; }

    public string Slug { get; }

    public HttpClient Host { get; }

    public SignInRequest Account { get; }

    public string Path => $"/api/v1/listings/{Id}";

    public static async Task<HostedPlace> AtAsync(TravelGraph graph, string timeZone = "Africa/Addis_Ababa")
    {
        var account = await graph.OwnAccountAsync(Role.Host);
        var host = await graph.SignedInAsync(account.SignIn);
        // The lowest of ids, so that it is never the first of a list.
        var id = new Guid($"00000000-0000-7000-8000-{Guid.NewGuid().ToString("N")[..12]}");
        var slug = $"calendar-{id.ToString("N")[20..]}";
        await using var db = await graph.DatabaseAsync();
        db.Listings.Add(SampleListing.With(timeZone: timeZone, hostId: account.Id, slug: slug, id: id));
        await db.SaveChangesAsync();
        return new HostedPlace(id, slug, host, account.SignIn);
    }

    /// <summary>Nights so many days from now.</summary>
    public static NightRange Nights(int from, int to)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date);
        return new NightRange(today.AddDays(from), today.AddDays(to));
    }

    public BookStayRequest Stay(NightRange nights) => new(Id, nights.From, nights.To, Guests: 1);

    public Task<HttpResponseMessage> BlockAsync(NightRange nights, string? note = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/blocks")
        {
            Content = JsonContent.Create(new BlockNightsRequest(nights.From, nights.To, note), options: TravelJson.Options),
        };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return Host.SendAsync(request);
    }

    public async Task<BlockResponse> BlockedAsync(NightRange nights, string? note = null)
    {
        using var answer = await BlockAsync(nights, note);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<BlockResponse>(TravelJson.Options))!;
    }

    /// <summary>Blocks of one night each, every other night, as if made one after the other just now.</summary>
    public async Task KeepClosedAsync(TravelGraph graph, int from, int nights)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await graph.DatabaseAsync();
        foreach (var night in Enumerable.Range(0, nights).Select(number => Nights(from + (2 * number), from + (2 * number) + 1)))
        {
            var block = new HostBlock { Id = Guid.CreateVersion7(now), ListingId = Id, FromOn = night.From, ToOn = night.To, CreatedAt = now };
            db.HostBlocks.Add(block);
            db.Occupancies.Add(Occupancy.For(block.Id, Id, night.From, night.To, now));
        }

        await db.SaveChangesAsync();
    }

    /// <summary>In time: what another process has changed is known here a moment later, and what a test itself has, once the outbox has told.</summary>
    public async Task ShouldHaveTakenAsync(params NightRange[] nights) => await Eventually.GetAsync(
        async () => string.Join("; ", await UnavailableAsync()), seen => seen == string.Join("; ", nights), AtMost, "The nights that are taken");

    private async Task<IReadOnlyList<NightRange>> UnavailableAsync() =>
        (await Host.GetFromJsonAsync<AvailabilityResponse>($"{Path}/availability", TravelJson.Options))!.Unavailable;

    public async Task<ImportResponse> ImportedAsync(Uri url)
    {
        using var answer = await Host.PutAsJsonAsync($"{Path}/imports", new[] { new ImportRequest("Elsewhere", url.ToString()) }, TravelJson.Options);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<Page<ImportResponse>>(TravelJson.Options))!.Items.Single();
    }

    public void Dispose() => Host.Dispose();
}
