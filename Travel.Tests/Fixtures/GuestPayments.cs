using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting.Testing;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.PaymentSandbox;
using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;

namespace Travel.Tests.Fixtures;

/// <summary>Guests who pay, at the sandbox that is a part of the graph.</summary>
internal static class GuestPayments
{
    /// <summary>A stay nobody else books, kept for the demo guest until it is paid.</summary>
    public static async Task<BookingResponse> HeldStayAsync(this TravelGraph graph, HttpClient guest)
    {
        await using var db = await graph.DatabaseAsync();
        var place = await db.AddPlaceAsync(PaymentMode.Online);
        return await guest.HeldStayAsync(place);
    }

    public static Task<BookingResponse> HeldStayAsync(this HttpClient guest, Place place)
    {
        var checkIn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(50);
        return guest.BookedAsync(new BookStayRequest(place.Id, checkIn, checkIn.AddDays(2), 1));
    }

    /// <summary>Begins to pay.</summary>
    public static async Task<CheckoutResponse> CheckoutAsync(this HttpClient guest, Guid bookingId)
    {
        using var answer = await guest.TryCheckoutAsync(bookingId);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<CheckoutResponse>(TravelJson.Options))!;
    }

    /// <summary>Tries to begin to pay.</summary>
    /// <param name="key">Of the request; another each time when null.</param>
    public static async Task<HttpResponseMessage> TryCheckoutAsync(this HttpClient guest, Guid bookingId, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/bookings/{bookingId}/payment");
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return await guest.SendAsync(request);
    }

    /// <summary>Cancels, for what the preview says.</summary>
    /// <returns>What goes back.</returns>
    public static async Task<Money> CancelAsPreviewedAsync(this HttpClient guest, Guid bookingId)
    {
        var address = $"/api/v1/bookings/{bookingId}/cancellation";
        var preview = (await guest.GetFromJsonAsync<CancellationPreview>(address, TravelJson.Options))!;
        using var cancelled = await guest.PostAsJsonAsync(address, new CancelBookingRequest(preview.Refund), TravelJson.Options);
        cancelled.StatusCode.ShouldBe(HttpStatusCode.OK, await cancelled.Content.ReadAsStringAsync());
        return preview.Refund;
    }

    /// <summary>Pays, and comes back.</summary>
    public static async Task<CheckoutResponse> PayAsync(this TravelGraph graph, HttpClient guest, Guid bookingId)
    {
        var checkout = await guest.CheckoutAsync(bookingId);
        await graph.PayAtGatewayAsync(checkout.TxRef);

        await Eventually.GetAsync(
            async () =>
            {
                using var looked = await guest.PostAsync(new Uri($"/api/v1/bookings/{bookingId}/payment/check", UriKind.Relative), content: null);
                return (await looked.Content.ReadFromJsonAsync<BookingPayment>(TravelJson.Options))!;
            },
            seen => seen.Receipts.Count > 0,
            TimeSpan.FromSeconds(20),
            "the payment");
        return checkout;
    }

    /// <summary>Pays, and does not come back.</summary>
    public static async Task PayAtGatewayAsync(this TravelGraph graph, string txRef)
    {
        using var sandbox = graph.Sandbox();
        var form = new PaymentForm { Method = "telebirr", Number = SandboxHost.Good };
        using var paid = await sandbox.PostAsJsonAsync($"/sandbox/transactions/{txRef}/payment", form, SandboxJson.Options);
        paid.EnsureSuccessStatusCode();
    }

    /// <summary>How paying stands.</summary>
    public static async Task<BookingPayment> PaymentAsync(this HttpClient guest, Guid bookingId) =>
        (await guest.GetFromJsonAsync<BookingPayment>($"/api/v1/bookings/{bookingId}/payment", TravelJson.Options))!;

    /// <summary>What the gateway has in its books.</summary>
    public static async Task<Transaction> AtGatewayAsync(this TravelGraph graph, string txRef)
    {
        using var sandbox = graph.Sandbox();
        return (await sandbox.GetFromJsonAsync<Transaction>($"/sandbox/transactions/{txRef}", SandboxJson.Options))!;
    }

    /// <summary>For one payment, or for all that have no faults of their own.</summary>
    public static async Task PlayAsync(this TravelGraph graph, FaultSet faults, string? txRef = null)
    {
        using var sandbox = graph.Sandbox();
        using var answer = await sandbox.PutAsJsonAsync(txRef is null ? "/sandbox/faults" : $"/sandbox/faults/{txRef}", faults, SandboxJson.Options);
        answer.EnsureSuccessStatusCode();
    }

    private static HttpClient Sandbox(this TravelGraph graph) => graph.App.CreateHttpClient(ResourceNames.Chapa, "http");
}
