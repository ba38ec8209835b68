using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Web.Search;
using Travel.Web.TravelApi;

namespace Travel.Web.Listings;

internal sealed class ListingsClient(ApiCall api)
{
    /// <summary>A grid of three or two columns comes out even.</summary>
    private const string PageSize = "12";

    public Task<Reply<Page<ListingSummary>>> SearchAsync(StaySearch search, string? cursor, CancellationToken cancellationToken)
    {
        var path = search.On("listings", cursor);
        var limit = (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "limit=" + PageSize;
        return api.SendAsync<Page<ListingSummary>>(ApiCall.Get(path + limit), cancellationToken);
    }

    public Task<Reply<ListingDetails>> GetAsync(string idOrSlug, CancellationToken cancellationToken) =>
        api.SendAsync<ListingDetails>(ApiCall.Get("listings/" + Uri.EscapeDataString(idOrSlug)), cancellationToken);

    public Task<Reply<Quote>> QuoteAsync(Guid listingId, StaySearch stay, CancellationToken cancellationToken) =>
        api.SendAsync<Quote>(ApiCall.Get(stay.StayOn($"listings/{listingId}/quote")), cancellationToken);
}
