using System.Net.Http.Json;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;

namespace Travel.Tests.Fixtures;

/// <summary>Hands out stays that nobody else in this run books.</summary>
internal sealed class Stays(TravelGraph graph)
{
    private int handedOut;

    /// <summary>
    /// An instant listing, paid on arrival, without a least number of nights. The newest are those written by hand, in which the demo data
    /// has no stays to come.
    /// </summary>
    public async Task<ListingSummary> ListingAsync()
    {
        using var api = graph.Anonymous();
        var page = await api.GetFromJsonAsync<Page<ListingSummary>>("/api/v1/listings?limit=100", TravelJson.Options);
        return page!.Items.First(listing => listing is { MinNights: 1, BookingMode: BookingMode.Instant, PaymentMode: PaymentMode.OnArrival });
    }

    public async Task<BookStayRequest> FreeAsync()
    {
        var listing = await ListingAsync();
        var checkIn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(30 + (2 * Interlocked.Increment(ref handedOut)));
        return new BookStayRequest(listing.Id, checkIn, checkIn.AddDays(2), Guests: 1);
    }
}

internal static class BookingRequests
{
    public static Task<HttpResponseMessage> BookAsync(this HttpClient client, BookStayRequest stay, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings") { Content = JsonContent.Create(stay, options: TravelJson.Options) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return client.SendAsync(request);
    }

    public static async Task<BookingResponse> BookedAsync(this HttpClient client, BookStayRequest stay)
    {
        using var response = await client.BookAsync(stay);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<BookingResponse>(TravelJson.Options))!;
    }
}
