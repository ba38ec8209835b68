using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Search;
using Travel.Web.Search;
using Travel.Web.TravelApi;

namespace Travel.Web.Listings;

internal sealed class ListingsClient(ApiCall api)
{
    /// <summary>A grid of three or two columns comes out even.</summary>
    private const string PageSize = "12";

    /// <param name="facets">Whether to count what other filters would find.</param>
    public Task<Reply<ListingsFound>> SearchAsync(StaySearch search, string? cursor, bool facets, CancellationToken cancellationToken)
    {
        var path = search.On("listings", cursor);
        var limit = (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "limit=" + PageSize + (facets ? "&facets=true" : "");
        return api.SendAsync<ListingsFound>(ApiCall.GetPublic(path + limit), cancellationToken);
    }

    /// <summary>What somebody may mean who has begun to write the name of a place.</summary>
    public Task<Reply<Page<PlaceFound>>> PlacesAsync(string text, CancellationToken cancellationToken) =>
        api.SendAsync<Page<PlaceFound>>(ApiCall.GetPublic("places?q=" + Uri.EscapeDataString(text)), cancellationToken);

    public Task<Reply<ListingDetails>> GetAsync(string idOrSlug, CancellationToken cancellationToken) =>
        api.SendAsync<ListingDetails>(ApiCall.GetPublic("listings/" + Uri.EscapeDataString(idOrSlug)), cancellationToken);

    public Task<Reply<Quote>> QuoteAsync(Guid listingId, StaySearch stay, CancellationToken cancellationToken) =>
        api.SendAsync<Quote>(ApiCall.GetPublic(stay.StayOn($"listings/{listingId}/quote")), cancellationToken);
}
