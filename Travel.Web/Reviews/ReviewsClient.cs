using Travel.Contracts;
using Travel.Contracts.Reviews;
using Travel.Web.TravelApi;

namespace Travel.Web.Reviews;

internal sealed class ReviewsClient(ApiCall api)
{
    /// <summary>As many as one reads before deciding.</summary>
    private const string PageSize = "6";

    public Task<Reply<Page<ReviewResponse>>> NewestAsync(Guid listingId, CancellationToken cancellationToken) =>
        api.SendAsync<Page<ReviewResponse>>(ApiCall.Get($"listings/{listingId}/reviews?limit={PageSize}"), cancellationToken);
}
