using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Travel.Api.Caching;
using Travel.Api.Paging;
using Travel.Domain.Caching;

namespace Travel.Api.Search;

/// <summary>Pages of a search as they are answered. However many ask for one at a time, it is looked for once.</summary>
internal sealed class SearchPages(
    SharedReads reads, CachedFacets facets, Cursors cursors, PriceScale scale, IOptions<JsonOptions> json, TimeProvider clock)
{
    public async ValueTask<JsonBytes> ReadAsync(ListingSearch search, SearchCursor? after, int limit, bool withFacets, CancellationToken cancellationToken) => new(
        await reads.OnceAsync(
            CacheKeys.ListPage(search.Canonical, $"{after}", limit, withFacets, clock.GetUtcNow()),
            CacheTags.OfLists(search.HasDates),
            async (db, token) =>
            {
                var meaning = await SearchMeaning.FindAsync(search, reads, token);
                var found = await new FindListings(db, cursors, scale, clock).ExecuteAsync(search, meaning, after, limit, token);
                return JsonSerializer.SerializeToUtf8Bytes(
                    withFacets ? found with { Facets = await facets.CountAsync(search, token) } : found, json.Value.SerializerOptions);
            },
            cancellationToken));
}
