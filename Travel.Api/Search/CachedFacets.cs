using Microsoft.Extensions.Options;
using Travel.Api.Caching;
using Travel.Contracts.Search;
using Travel.Domain.Caching;

namespace Travel.Api.Search;

/// <summary>What other choices would find, which is the same on each page and in each order: counted once for all of them.</summary>
internal sealed class CachedFacets(SharedReads reads, PriceScale scale, IOptions<SearchOptions> options, TimeProvider clock)
{
    public async ValueTask<SearchFacets> CountAsync(ListingSearch search, CancellationToken cancellationToken)
    {
        var unordered = search with { Sort = SearchSort.Newest };
        return (await reads.FindAsync(
            CacheKeys.Facets(unordered.Canonical, clock.GetUtcNow()),
            CacheTags.OfLists(search.HasDates),
            async (db, token) => await new CountFacets(db, scale, options.Value, clock).ExecuteAsync(unordered, token),
            cancellationToken))!;
    }
}
