using Travel.Contracts;
using Travel.Contracts.Reviews;
using Travel.Web.TravelApi;

namespace Travel.Web.Reviews;

internal sealed class ReviewsClient(ApiCall api)
{
    /// <summary>As many as one reads before deciding.</summary>
    private const string PageSize = "6";

    /// <param name="cursor">Of the page to come after; null for the newest.</param>
    public Task<Reply<Page<ReviewResponse>>> NewestAsync(Guid listingId, string? cursor, CancellationToken cancellationToken) =>
        api.SendAsync<Page<ReviewResponse>>(
            ApiCall.GetPublic($"listings/{listingId}/reviews?limit={PageSize}{(string.IsNullOrEmpty(cursor) ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}"),
            cancellationToken);

    public Task<Reply<BookingReviewResponse>> OfBookingAsync(Guid bookingId, CancellationToken cancellationToken) =>
        api.SendAsync<BookingReviewResponse>(ApiCall.Get(Address(bookingId)), cancellationToken);

    public Task<Reply<BookingReviewResponse>> WriteAsync(Guid bookingId, WriteReviewRequest review, CancellationToken cancellationToken) =>
        api.SendAsync<BookingReviewResponse>(ApiCall.Post(Address(bookingId), review), cancellationToken);

    public Task<Reply<BookingReviewResponse>> EditAsync(Guid bookingId, WriteReviewRequest review, CancellationToken cancellationToken) =>
        api.SendAsync<BookingReviewResponse>(ApiCall.Put(Address(bookingId), review), cancellationToken);

    public Task<Reply<BookingReviewResponse>> ReplyAsync(Guid bookingId, ReplyToReviewRequest reply, CancellationToken cancellationToken) =>
        api.SendAsync<BookingReviewResponse>(ApiCall.Post(Address(bookingId) + "/reply", reply), cancellationToken);

    public Task<Reply<BookingReviewResponse>> EditReplyAsync(Guid bookingId, ReplyToReviewRequest reply, CancellationToken cancellationToken) =>
        api.SendAsync<BookingReviewResponse>(ApiCall.Put(Address(bookingId) + "/reply", reply), cancellationToken);

    private static string Address(Guid bookingId) => $"bookings/{bookingId}/review";
}
