using Microsoft.AspNetCore.WebUtilities;
using Travel.Contracts;
using Travel.Contracts.Payments;
using Travel.ServiceDefaults.Resilience;
using Travel.Web.TravelApi;

namespace Travel.Web.Payments;

internal sealed class PaymentsClient(ApiCall api, TimeProvider time)
{
    /// <summary>How often a second click asks what the first one has come to, a second apart.</summary>
    private const int Asked = 5;

    /// <summary>Before whoever has no answer yet asks again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task<Reply<BookingPayment>> GetAsync(Guid bookingId, CancellationToken cancellationToken) =>
        api.SendAsync<BookingPayment>(ApiCall.Get(PathOf(bookingId)), cancellationToken);

    /// <summary>
    /// Has the payment provider asked first. Its own callback comes at the same moment as the guest, and of two who ask at once the second is
    /// told how it stood before: without news there is a second look, at what the first one has come to.
    /// </summary>
    /// <param name="txRef">Of the payment that the guest comes back from, where that is known.</param>
    public async Task<Reply<BookingPayment>> CheckAsync(Guid bookingId, string? txRef, CancellationToken cancellationToken)
    {
        var path = PathOf(bookingId) + "/check";
        var address = string.IsNullOrEmpty(txRef) ? path : QueryHelpers.AddQueryString(path, "txRef", txRef);
        var reply = await api.SendAsync<BookingPayment>(new HttpRequestMessage(HttpMethod.Post, address), cancellationToken);
        if (reply.Value is not { Status: PaymentStatus.Pending })
            return reply;

        await Task.Delay(Pause, time, cancellationToken);
        return await GetAsync(bookingId, cancellationToken);
    }

    /// <summary>
    /// Goes on when the visitor hangs up, as browsers do at a second click: given up half way, the page would be nobody's for half a minute,
    /// and the second click would wait for it in vain.
    /// </summary>
    /// <param name="idempotencyKey">One per form shown: however often it is sent, it is one payment.</param>
    public async Task<Reply<CheckoutResponse>> PayAsync(Guid bookingId, string idempotencyKey)
    {
        for (var asked = 1; ; asked++)
        {
            // Once: it may take longer than an attempt of what is repeated, and is slow where the provider is.
            var reply = await api.SendAsync<CheckoutResponse>(Payment(bookingId, idempotencyKey).Once(), CancellationToken.None);
            if (asked == Asked || reply.Problem is not { IsInFlight: true })
                return reply;

            await Task.Delay(Pause, time);
        }
    }

    private static HttpRequestMessage Payment(Guid bookingId, string idempotencyKey)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, PathOf(bookingId));
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    }

    private static string PathOf(Guid bookingId) => $"bookings/{bookingId}/payment";
}
