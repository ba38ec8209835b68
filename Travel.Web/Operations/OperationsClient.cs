using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Contracts.Payments;
using Travel.ServiceDefaults.Resilience;
using Travel.Web.TravelApi;

namespace Travel.Web.Operations;

internal sealed class OperationsClient(ApiCall api)
{
    /// <param name="cursor">Of the page to come after; null for the first.</param>
    public Task<Reply<Page<UnsettledPayment>>> UnsettledAsync(string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<UnsettledPayment>>(ApiCall.Get(After("operations/payments/unsettled", cursor)), cancellationToken);

    public Task<Reply<PaymentAttempt>> ReconcileAsync(Guid payment, CancellationToken cancellationToken) =>
        api.SendAsync<PaymentAttempt>(new HttpRequestMessage(HttpMethod.Post, $"operations/payments/{payment}/reconcile"), cancellationToken);

    /// <param name="idempotencyKey">One per form shown: however often the form is sent, it is one refund.</param>
    public Task<Reply<RefundDetail>> RefundAsync(Guid payment, RefundPaymentRequest refund, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = ApiCall.Post($"operations/payments/{payment}/refund", refund);
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return api.SendAsync<RefundDetail>(request, cancellationToken);
    }

    public Task<Reply<RefundDetail>> SettleAsync(Guid refund, SettleRefundRequest settlement, CancellationToken cancellationToken) =>
        api.SendAsync<RefundDetail>(ApiCall.Post($"operations/refunds/{refund}/settlement", settlement), cancellationToken);

    /// <inheritdoc cref="UnsettledAsync"/>
    public Task<Reply<Page<GatewayReportResponse>>> ReportsAsync(string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<GatewayReportResponse>>(ApiCall.Get(After("operations/payments/reports", cursor)), cancellationToken);

    public Task<Reply<Page<BookingSummary>>> FindBookingAsync(string reference, CancellationToken cancellationToken) =>
        api.SendAsync<Page<BookingSummary>>(ApiCall.Get(QueryHelpers.AddQueryString("operations/bookings", "reference", reference)), cancellationToken);

    public Task<Reply<BookingLedger>> LedgerAsync(Guid booking, CancellationToken cancellationToken) =>
        api.SendAsync<BookingLedger>(ApiCall.Get($"operations/bookings/{booking}/ledger"), cancellationToken);

    /// <inheritdoc cref="UnsettledAsync"/>
    public Task<Reply<Page<InactiveAccount>>> InactiveAsync(string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<InactiveAccount>>(ApiCall.Get(After("operations/accounts/inactive", cursor)), cancellationToken);

    /// <inheritdoc cref="UnsettledAsync"/>
    public Task<Reply<Page<UserSummary>>> UsersAsync(string? text, string? role, string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<UserSummary>>(ApiCall.Get(After(With(With("operations/users", "q", text), "role", role), cursor)), cancellationToken);

    /// <inheritdoc cref="UnsettledAsync"/>
    public Task<Reply<Page<OperatorListing>>> ListingsAsync(string? text, string? status, string? suspended, string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<OperatorListing>>(
            ApiCall.Get(After(With(With(With("operations/listings", "q", text), "status", status), "suspended", suspended), cursor)), cancellationToken);

    public Task<Reply<OperatorListingDetails>> ListingAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<OperatorListingDetails>(ApiCall.Get($"operations/listings/{id}"), cancellationToken);

    /// <summary>Once: sent again it would be refused because it is suspended.</summary>
    public Task<Reply<object>> SuspendAsync(Guid listing, string reason, CancellationToken cancellationToken) => api.SendAsync<object>(
        ApiCall.Post($"operations/listings/{listing}/suspension", new SuspendListingRequest(reason)).Once(), cancellationToken);

    /// <summary>Once: sent again it would be refused because it is not suspended any more.</summary>
    public Task<Reply<object>> LiftSuspensionAsync(Guid listing, CancellationToken cancellationToken) =>
        api.SendAsync<object>(ApiCall.Delete($"operations/listings/{listing}/suspension").Once(), cancellationToken);

    public Task<Reply<InvariantsResponse>> InvariantsAsync(CancellationToken cancellationToken) =>
        api.SendAsync<InvariantsResponse>(ApiCall.Get("operations/invariants"), cancellationToken);

    /// <inheritdoc cref="UnsettledAsync"/>
    public Task<Reply<Page<AuditResponse>>> AuditAsync(string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<AuditResponse>>(ApiCall.Get(After("operations/audit", cursor)), cancellationToken);

    public Task<Reply<QueuesResponse>> QueuesAsync(CancellationToken cancellationToken) =>
        api.SendAsync<QueuesResponse>(ApiCall.Get("operations/queues"), cancellationToken);

    public Task<Reply<QueueHistoryResponse>> QueueHistoryAsync(int hours, CancellationToken cancellationToken) =>
        api.SendAsync<QueueHistoryResponse>(ApiCall.Get(string.Create(CultureInfo.InvariantCulture, $"operations/queues/history?hours={hours}")), cancellationToken);

    public Task<Reply<CacheResponse>> CacheAsync(CancellationToken cancellationToken) =>
        api.SendAsync<CacheResponse>(ApiCall.Get("operations/cache"), cancellationToken);

    public Task<Reply<CacheHistoryResponse>> CacheHistoryAsync(int hours, CancellationToken cancellationToken) =>
        api.SendAsync<CacheHistoryResponse>(ApiCall.Get(string.Create(CultureInfo.InvariantCulture, $"operations/cache/history?hours={hours}")), cancellationToken);

    public Task<Reply<object>> FlushCacheAsync(string tag, CancellationToken cancellationToken) => api.SendAsync<object>(
        new HttpRequestMessage(HttpMethod.Delete, $"operations/cache/tags/{Uri.EscapeDataString(tag)}"), cancellationToken);

    /// <inheritdoc cref="UnsettledAsync"/>
    public Task<Reply<Page<DeadLetterResponse>>> DeadLettersAsync(string? queue, string? state, string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<DeadLetterResponse>>(ApiCall.Get(After(With(With("operations/dead-letters", "queue", queue), "state", state), cursor)), cancellationToken);

    public Task<Reply<DeadLetterResponse>> DeadLetterAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<DeadLetterResponse>(ApiCall.Get($"operations/dead-letters/{id}"), cancellationToken);

    public Task<Reply<DeadLetterResponse>> ReplayAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<DeadLetterResponse>(new HttpRequestMessage(HttpMethod.Post, $"operations/dead-letters/{id}/replay"), cancellationToken);

    public Task<Reply<ReplayDeadLettersResponse>> ReplayAllAsync(string queue, CancellationToken cancellationToken) =>
        api.SendAsync<ReplayDeadLettersResponse>(ApiCall.Post("operations/dead-letters/replay", new ReplayDeadLettersRequest(queue)), cancellationToken);

    /// <summary>Once: sent again it would be refused because it was dropped before.</summary>
    public Task<Reply<object>> DropAsync(Guid id, string reason, CancellationToken cancellationToken) => api.SendAsync<object>(
        ApiCall.With(HttpMethod.Delete, $"operations/dead-letters/{id}", new DropDeadLetterRequest(reason)).Once(), cancellationToken);

    /// <inheritdoc cref="UnsettledAsync"/>
    public Task<Reply<Page<RefusedMessageResponse>>> RefusedMessagesAsync(string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<RefusedMessageResponse>>(ApiCall.Get(After("operations/outbox", cursor)), cancellationToken);

    public Task<Reply<RefusedMessageResponse>> RefusedMessageAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<RefusedMessageResponse>(ApiCall.Get($"operations/outbox/{id}"), cancellationToken);

    public Task<Reply<object>> TryMessageAsync(Guid id, CancellationToken cancellationToken) =>
        api.SendAsync<object>(new HttpRequestMessage(HttpMethod.Post, $"operations/outbox/{id}/attempt"), cancellationToken);

    /// <inheritdoc cref="DropAsync"/>
    public Task<Reply<object>> DropMessageAsync(Guid id, string reason, CancellationToken cancellationToken) => api.SendAsync<object>(
        ApiCall.With(HttpMethod.Delete, $"operations/outbox/{id}", new DropRefusedMessageRequest(reason)).Once(), cancellationToken);

    private static string After(string list, string? cursor) => With(list, "cursor", cursor);

    private static string With(string list, string name, string? value) => string.IsNullOrEmpty(value) ? list : QueryHelpers.AddQueryString(list, name, value);
}
