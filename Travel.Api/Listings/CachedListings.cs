using Microsoft.EntityFrameworkCore;
using Travel.Api.Caching;
using Travel.Contracts.Availability;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Caching;
using Travel.Domain.Listings;

namespace Travel.Api.Listings;

/// <summary>What strangers see of a published place, computed once for all. Nothing that is booked is decided by it.</summary>
internal sealed class CachedListings(SharedReads reads)
{
    /// <summary>In years; further than anybody can book or block.</summary>
    private const int FarAhead = 10;

    /// <param name="idOrSlug">As it stands in the path.</param>
    /// <returns>Null where no published place is known by it.</returns>
    public async ValueTask<Guid?> IdOfAsync(string idOrSlug, CancellationToken cancellationToken) => Guid.TryParse(idOrSlug, out var id)
        ? id
        : await reads.FindAsync<Guid?>(
            CacheKeys.Slug(idOrSlug),
            [CacheTags.Slugs],
            (db, token) => db.Listings.Where(found => found.Slug == idOrSlug && found.Status == ListingStatus.Published)
                .Select(found => (Guid?)found.Id).SingleOrDefaultAsync(token),
            cancellationToken);

    public ValueTask<ShownListing?> FindAsync(Guid id, CancellationToken cancellationToken) => reads.FindAsync(
        CacheKeys.Listing(id),
        [CacheTags.Listing(id)],
        async (db, token) => await db.Listings.AsNoTracking().Include(listing => listing.Host).Include(listing => listing.Photos)
            .SingleOrDefaultAsync(found => found.Id == id && found.Status == ListingStatus.Published, token) is { } listing
            ? new ShownListing(listing.ToDetails(), listing.Version)
            : null,
        cancellationToken);

    /// <summary>With what pricing needs, and nothing else that refers to others.</summary>
    public ValueTask<Listing?> WithRatesAsync(Guid id, CancellationToken cancellationToken) => reads.FindAsync(
        CacheKeys.Rates(id),
        [CacheTags.Listing(id)],
        (db, token) => db.Listings.AsNoTracking().WithRates().SingleOrDefaultAsync(found => found.Id == id && found.Status == ListingStatus.Published, token),
        cancellationToken);

    /// <summary>All nights that somebody has, from the day on that it was when this was computed, or a little before.</summary>
    public ValueTask<TakenNightsOf?> TakenNightsAsync(Guid id, DateOnly earliestToday, CancellationToken cancellationToken) => reads.FindAsync(
        CacheKeys.Nights(id),
        [CacheTags.NightsOf(id), CacheTags.Listing(id)],
        async (db, token) =>
        {
            var toCome = Occupancy.Nights(earliestToday, earliestToday.AddYears(FarAhead));
            return await db.Listings.AsNoTracking().Where(listing => listing.Id == id && listing.Status == ListingStatus.Published)
                .Select(listing => new
                {
                    listing.TimeZone,
                    Taken = db.Occupancies.Where(taken => taken.ListingId == id && taken.Active && taken.Stay.Overlaps(toCome)).Select(taken => taken.Stay).ToList(),
                })
                .SingleOrDefaultAsync(token) is { } found
                ? new TakenNightsOf(found.TimeZone, [.. found.Taken.Select(stay => stay.ToNights())])
                : null;
        },
        cancellationToken);
}

/// <param name="Version">Of the listing, for the ETag.</param>
internal sealed record ShownListing(ListingDetails Details, int Version);

/// <param name="TimeZone">In which the listing is.</param>
internal sealed record TakenNightsOf(string TimeZone, IReadOnlyList<NightRange> Taken);
