using Microsoft.Net.Http.Headers;
using Travel.Domain.Listings;

namespace Travel.Api.Listings;

/// <summary>A listing's version as HTTP has it (RFC 9110, section 8.8.3). Rates and photos are part of the listing and share it.</summary>
internal static class ListingETag
{
    public static EntityTagHeaderValue ETag(this Listing listing) => Of(listing.Id, listing.Version);

    public static EntityTagHeaderValue Of(Guid listingId, int version) => new($"\"{listingId:N}-{version}\"");

    /// <summary>Whether the reader has this version already: <c>If-None-Match</c> compares weakly.</summary>
    public static bool IsKnownTo(this EntityTagHeaderValue tag, HttpRequest request) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));

    /// <summary>Whether the writer has seen this version: <c>If-Match</c> compares strongly, and <c>*</c> is whatever there is.</summary>
    public static bool IsMatchedBy(this Listing listing, IList<EntityTagHeaderValue> ifMatch) =>
        ifMatch.Any(seen => seen.Equals(EntityTagHeaderValue.Any) || seen.Compare(listing.ETag(), useStrongComparison: true));
}
