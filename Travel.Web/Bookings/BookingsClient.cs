using Microsoft.AspNetCore.WebUtilities;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Web.TravelApi;

namespace Travel.Web.Bookings;

internal sealed class BookingsClient(ApiCall api)
{
    /// <param name="idempotencyKey">One per form shown: however often the form is sent, it is one booking.</param>
    public Task<Reply<BookingResponse>> BookAsync(BookStayRequest stay, string idempotencyKey, CancellationToken cancellationToken) =>
        api.SendAsync<BookingResponse>(WithKey(ApiCall.Post("bookings", stay), idempotencyKey), cancellationToken);

    public Task<Reply<BookingResponse>> GetAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<BookingResponse>(ApiCall.Get($"bookings/{id}"), cancellationToken);

    public Task<Reply<Page<BookingSummary>>> FindAsync(string seenAs, string statuses, string? cursor, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal) { ["as"] = seenAs, ["status"] = statuses };
        if (!string.IsNullOrEmpty(cursor))
            query["cursor"] = cursor;
        return api.SendAsync<Page<BookingSummary>>(ApiCall.Get(QueryHelpers.AddQueryString("bookings", query)), cancellationToken);
    }

    /// <param name="cursor">Of the page to come after; null for the first.</param>
    public Task<Reply<Page<BookingEvent>>> TimelineAsync(Guid id, string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<BookingEvent>>(
            ApiCall.Get($"bookings/{id}/timeline?limit=50{(string.IsNullOrEmpty(cursor) ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}"), cancellationToken);

    public Task<Reply<string>> CalendarAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendForTextAsync(ApiCall.Get($"bookings/{id}/calendar.ics"), cancellationToken);

    public Task<Reply<BookingResponse>> AcceptAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<BookingResponse>(ApiCall.Post($"bookings/{id}/acceptance", new { }), cancellationToken);

    public Task<Reply<BookingResponse>> DeclineAsync(Guid id, string? reason, CancellationToken cancellationToken) =>
        api.SendAsync<BookingResponse>(ApiCall.Post($"bookings/{id}/rejection", new DeclineRequestRequest(reason)), cancellationToken);

    public Task<Reply<CancellationPreview>> PreviewCancellationAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<CancellationPreview>(ApiCall.Get($"bookings/{id}/cancellation"), cancellationToken);

    public Task<Reply<BookingResponse>> CancelAsync(Guid id, CancelBookingRequest request, CancellationToken cancellationToken) =>
        api.SendAsync<BookingResponse>(ApiCall.Post($"bookings/{id}/cancellation", request), cancellationToken);

    /// <param name="idempotencyKey">One per form shown.</param>
    public Task<Reply<BookingResponse>> ChangeAsync(Guid id, ChangeStayRequest stay, string idempotencyKey, CancellationToken cancellationToken) =>
        api.SendAsync<BookingResponse>(WithKey(ApiCall.Post($"bookings/{id}/change", stay), idempotencyKey), cancellationToken);

    public Task<Reply<BookingResponse>> LeaveEarlyAsync(Guid id, DateOnly on, CancellationToken cancellationToken) =>
        api.SendAsync<BookingResponse>(ApiCall.Post($"bookings/{id}/early-departure", new LeaveEarlyRequest(on)), cancellationToken);

    private static HttpRequestMessage WithKey(HttpRequestMessage request, string idempotencyKey)
    {
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    }
}
