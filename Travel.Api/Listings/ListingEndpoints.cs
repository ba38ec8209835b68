using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Api.Listings;

internal static class ListingEndpoints
{
    public static void MapListings(this IEndpointRouteBuilder api)
    {
        var listings = api.MapGroup("/listings").WithTags("Listings");
        listings.MapGet("/{idOrSlug}", GetAsync).WithName("GetListing").WithSummary("One stay").AcceptsQuery()
            .Produces(StatusCodes.Status304NotModified).Sends("ETag").Refuses(ProblemTypes.NotFound);
        listings.MapGet("/{id:guid}/quote", QuoteAsync).WithName("QuoteStay").WithSummary("All-in price of a stay")
            .AcceptsQuery("checkIn", "checkOut", "guests").Refuses(ProblemTypes.NotFound);
    }

    private static async Task<Results<Ok<ListingDetails>, StatusCodeHttpResult, ProblemHttpResult>> GetAsync(
        string idOrSlug, TravelDbContext db, HttpContext context, CancellationToken cancellationToken)
    {
        var published = db.Listings.AsNoTracking().Include(listing => listing.Host).Include(listing => listing.Photos)
            .Where(listing => listing.Status == ListingStatus.Published);
        var listing = Guid.TryParse(idOrSlug, out var id)
            ? await published.SingleOrDefaultAsync(found => found.Id == id, cancellationToken)
            : await published.SingleOrDefaultAsync(found => found.Slug == idOrSlug, cancellationToken);
        if (listing is null)
        {
            return Problems.NotFound("There is no such stay.");
        }

        context.Response.GetTypedHeaders().ETag = listing.ETag();
        return listing.IsKnownTo(context.Request)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(listing.ToDetails());
    }

    private static async Task<Results<Ok<Quote>, ValidationProblem, ProblemHttpResult>> QuoteAsync(
        Guid id, DateOnly checkIn, DateOnly checkOut, int guests, TravelDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var listing = await db.Listings.AsNoTracking().WithRates()
            .SingleOrDefaultAsync(found => found.Id == id && found.Status == ListingStatus.Published, cancellationToken);
        if (listing is null)
        {
            return Problems.NotFound("There is no such stay.");
        }

        var now = clock.GetUtcNow();
        var stay = new StayRequest(checkIn, checkOut, guests);
        return stay.ErrorsAt(listing, now) is { Count: > 0 } errors
            ? Problems.Invalid(errors)
            : TypedResults.Ok(QuoteStay.For(listing, stay, now));
    }
}
