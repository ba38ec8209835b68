using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;

namespace Travel.Tests.Fixtures;

/// <summary>Hosts of their own accounts, and what they do to their listings.</summary>
internal static class Hosts
{
    public const string Description = "Two rooms above the harbour, with a kitchen to cook what the boats bring in.";

    /// <summary>For two nights at least, by which <see cref="Stays"/> tells it from those it hands out.</summary>
    public static ListingRequest Listing(string? title = null, string description = Description, Money? price = null) => new(
        title ?? $"Harbour flat {Guid.NewGuid():N}"[..30],
        description,
        ListingType.Apartment,
        "Massawa",
        "Eritrea",
        15.6097,
        39.4500,
        "Africa/Asmara",
        new TimeOnly(14, 0),
        new TimeOnly(11, 0),
        MaxGuests: 4,
        Bedrooms: 2,
        MinNights: 2,
        MaxNights: 60,
        price ?? new Money(100_000, Currencies.EthiopianBirr),
        CancellationPolicy.Flexible,
        PaymentMode.OnArrival,
        BookingMode.Instant,
        ["wifi", "kitchen"]);

    /// <summary>A client of the Api, signed in to a new account.</summary>
    public static async Task<HttpClient> HostAsync(this TravelGraph graph, Role role = Role.Host)
    {
        var client = graph.Visitor();
        var session = await client.SignInAsync(await graph.AccountAsync(role)).SessionAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        return client;
    }

    public static Task<HttpResponseMessage> CreateAsync(this HttpClient host, ListingRequest listing, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/listings") { Content = JsonContent.Create(listing, options: TravelJson.Options) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return host.SendAsync(request);
    }

    public static async Task<HostListing> DraftAsync(this HttpClient host, ListingRequest? listing = null)
    {
        using var answer = await host.CreateAsync(listing ?? Listing());
        return await answer.ReadAsync<HostListing>(HttpStatusCode.Created);
    }

    /// <summary>A listing with one photo that guests can see.</summary>
    public static async Task<HostListing> PublishedAsync(this HttpClient host, ListingRequest? listing = null)
    {
        var draft = await host.DraftAsync(listing);
        using (var photo = await host.AddPhotoAsync(draft.Id, Pictures.Png(4, 3)))
        {
            photo.StatusCode.ShouldBe(HttpStatusCode.Created, await photo.Content.ReadAsStringAsync());
        }

        using var published = await host.PostAsync($"/api/v1/listings/{draft.Id}/publication", content: null);
        return await published.ReadAsync<HostListing>(HttpStatusCode.OK);
    }

    public static async Task<HttpResponseMessage> AddPhotoAsync(this HttpClient host, Guid listingId, byte[] file, string caption = "", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/listings/{listingId}/photos") { Content = PhotoForm(file, caption) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return await host.SendAsync(request);
    }

    public static MultipartFormDataContent PhotoForm(byte[] file, string caption = "") =>
        new() { { new ByteArrayContent(file), "file", "../../etc/passwd.exe" }, { new StringContent(caption), "caption" } };

    public static async Task<string> ETagAsync(this HttpClient host, Guid listingId)
    {
        using var answer = await host.GetAsync($"/api/v1/host/listings/{listingId}");
        return answer.Headers.ETag.ShouldNotBeNull().ToString();
    }

    public static async Task<HttpResponseMessage> PutAsync<T>(this HttpClient host, string address, T body, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = JsonContent.Create(body, options: TravelJson.Options) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await host.SendAsync(request);
    }

    /// <summary>Sets all prices, whatever the version.</summary>
    public static async Task SetRatesAsync(this HttpClient host, Guid listingId, Rates rates)
    {
        using var answer = await host.PutAsync($"/api/v1/listings/{listingId}/rates", rates, ifMatch: "*");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    public static async Task<T> ReadAsync<T>(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<T>(TravelJson.Options))!;
    }
}
