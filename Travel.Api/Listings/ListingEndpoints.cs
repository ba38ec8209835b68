using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Caching;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Caching;

namespace Travel.Api.Listings;

internal static class ListingEndpoints
{
    private static readonly object ListingOfPage = new();

    public static void MapListings(this IEndpointRouteBuilder api)
    {
        var listings = api.MapGroup("/listings").WithTags("Listings");
        listings.MapGet("/{idOrSlug}", GetAsync).WithName("GetListing").WithSummary("One stay").AcceptsQuery()
            .Produces(StatusCodes.Status304NotModified).Sends("ETag").Refuses(ProblemTypes.NotFound)
            .KeepsAnswers(CacheRegions.ListingPages, TagsOfPageAsync);
        listings.MapGet("/{id:guid}/quote", QuoteAsync).WithName("QuoteStay").WithSummary("All-in price of a stay")
            .AcceptsQuery("checkIn", "checkOut", "guests").Refuses(ProblemTypes.NotFound);
    }

    private static async Task<Results<Ok<ListingDetails>, StatusCodeHttpResult, ProblemHttpResult>> GetAsync(
        string idOrSlug, CachedListings listings, HttpContext context, CancellationToken cancellationToken)
    {
        // Whose tags the answer is kept by, where it is kept: an address could lead elsewhere by now.
        var known = context.Items[ListingOfPage] as Guid? ?? await listings.IdOfAsync(idOrSlug, cancellationToken);
        if (known is not { } id || await listings.FindAsync(id, cancellationToken) is not var (details, version))
        {
            return Problems.NotFound("There is no such stay.");
        }

        var tag = ListingETag.Of(id, version);
        context.Response.GetTypedHeaders().ETag = tag;
        return tag.IsKnownTo(context.Request) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(details);
    }

    private static async Task<Results<Ok<Quote>, ValidationProblem, ProblemHttpResult>> QuoteAsync(
        Guid id, DateOnly checkIn, DateOnly checkOut, int guests, CachedListings listings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await listings.WithRatesAsync(id, cancellationToken) is not { } listing)
        {
            return Problems.NotFound("There is no such stay.");
        }

        var now = clock.GetUtcNow();
        var stay = new StayRequest(checkIn, checkOut, guests);
        return stay.ErrorsAt(listing, now) is { Count: > 0 } errors
            ? Problems.Invalid(errors)
            : TypedResults.Ok(QuoteStay.For(listing, stay, now));
    }

    private static async ValueTask<IReadOnlyList<string>?> TagsOfPageAsync(HttpContext context)
    {
        var listings = context.RequestServices.GetRequiredService<CachedListings>();
        if (context.GetRouteValue("idOrSlug") is not string idOrSlug || await listings.IdOfAsync(idOrSlug, context.RequestAborted) is not { } id)
        {
            return null;
        }

        context.Items[ListingOfPage] = id;
        return [CacheTags.Listing(id), CacheTags.Slugs];
    }
}
